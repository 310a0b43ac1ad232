"""What members have read. Each write is one statement, and the farther mark stands, whoever comes last."""

import datetime
from bisect import bisect_right
from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from forum import unread
from forum.models import Board, ReadMark, Topic

_READ = """
    INSERT INTO forum_readmark (user_id, topic_id, number) VALUES (%s, %s, %s)
    ON CONFLICT (user_id, topic_id) DO UPDATE SET number = GREATEST(forum_readmark.number, EXCLUDED.number)
"""
# For who has nothing new in what stands there already: one number cannot say that they have read what comes behind it.
_CARRY = """
    WITH carried AS (
        SELECT reader, row.number FROM unnest(%(readers)s::bigint[], %(numbers)s::int[]) AS row (reader, number)
        JOIN accounts_user person ON person.id = reader
        JOIN forum_topic topic ON topic.id = %(to)s
        LEFT JOIN forum_readmark mark ON mark.topic_id = %(to)s AND mark.user_id = reader
        LEFT JOIN forum_boardmark said ON said.board_id = topic.board_id AND said.user_id = reader
        WHERE NOT EXISTS (SELECT FROM forum_post post
            WHERE post.topic_id = %(to)s AND post.number > coalesce(mark.number, 0) AND post.number <= %(last)s
                AND post.status = 'public' AND post.author_id <> reader
                AND post.published_at > greatest(person.date_joined, %(since)s, said.read_at))
    )
    INSERT INTO forum_readmark (user_id, topic_id, number) SELECT reader, %(to)s, number FROM carried
    ON CONFLICT (user_id, topic_id) DO UPDATE SET number = GREATEST(forum_readmark.number, EXCLUDED.number)
"""
_KEEP = """
    INSERT INTO forum_readmark (user_id, topic_id, number)
    SELECT user_id, %(topic)s, number FROM forum_boardmark, LATERAL (
        SELECT max(number) AS number FROM forum_post WHERE topic_id = %(topic)s AND published_at <= read_at) one
    WHERE board_id = %(board)s AND read_at > %(since)s AND number IS NOT NULL
    ON CONFLICT (user_id, topic_id) DO UPDATE SET number = GREATEST(forum_readmark.number, EXCLUDED.number)
"""
_ALL_READ = """
    INSERT INTO forum_boardmark (user_id, board_id, read_at) VALUES (%s, %s, %s)
    ON CONFLICT (user_id, board_id) DO UPDATE SET read_at = GREATEST(forum_boardmark.read_at, EXCLUDED.read_at)
"""


def read(topic: Topic, number: int, *, by: User) -> bool:
    """Note that `by` has read the topic up to that number; False where that was known, or is of no use any more.

    A query to look, and one more where something is written.
    """
    is_old = topic.active_at is None or topic.active_at <= unread.floor_of(by)
    if is_old or number <= unread.read_up_to(by, topic):
        return False
    with connection.cursor() as cursor:
        cursor.execute(_READ, [by.pk, topic.pk, number])
    return True


def read_all(board: Board, *, by: User, at: datetime.datetime | None = None) -> None:
    """Note that for `by` nothing is new on the board that was said until now, or until `at`."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL_READ, [by.pk, board.pk, at or timezone.now()])


def leave_board(topic: Topic) -> None:
    """Note for who has said that all of the topic's board is read up to where that is so: it goes to another board."""
    since = timezone.now() - unread.NEW_FOR
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"topic": topic.pk, "board": topic.board_id, "since": since})


def carry_over(numbers: Sequence[int], *, origin: int, to: int, last: int) -> None:
    """Note that what was read of one topic is read in another: posts of these numbers stand behind `last` there now.

    One number says all: who has not read what stands before them there finds these new again. Two queries.
    """
    read = [(user, bisect_right(numbers, number)) for user, number in _marks(origin)]
    rows = [(user, last + count) for user, count in read if count]
    if rows:
        with connection.cursor() as cursor:
            readers, read_to = (list(column) for column in zip(*rows, strict=True))
            since = timezone.now() - unread.NEW_FOR
            places = {"to": to, "last": last, "since": since}
            cursor.execute(_CARRY, {**places, "readers": readers, "numbers": read_to})


def _marks(topic: int) -> QuerySet:
    return ReadMark.objects.filter(topic=topic).values_list("user", "number")


def forget_old(limit: int = 10_000) -> int:
    """Delete marks of topics in which nothing is new to anybody any more; return how many."""
    quiet = Topic.objects.filter(active_at__lt=timezone.now() - unread.NEW_FOR).values("pk")
    old = ReadMark.objects.filter(topic__in=quiet).order_by("topic_id").values("pk")[:limit]
    return ReadMark.objects.filter(pk__in=old).delete()[0]
