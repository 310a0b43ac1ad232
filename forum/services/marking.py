"""What members have read. Each write is one statement, and the farther mark stands, whoever comes last."""

import datetime

from django.db import connection
from django.utils import timezone

from accounts.models import User
from forum import unread
from forum.models import Board, ReadMark, Topic

_READ = """
    INSERT INTO forum_readmark (user_id, topic_id, number) VALUES (%s, %s, %s)
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


def forget_old(limit: int = 10_000) -> int:
    """Delete marks of topics in which nothing is new to anybody any more; return how many."""
    quiet = Topic.objects.filter(active_at__lt=timezone.now() - unread.NEW_FOR).values("pk")
    old = ReadMark.objects.filter(topic__in=quiet).order_by("topic_id").values("pk")[:limit]
    return ReadMark.objects.filter(pk__in=old).delete()[0]
