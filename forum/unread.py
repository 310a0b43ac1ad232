"""What is new to a member: posts of others behind the number up to which they have read.

Nothing is new that was public before they joined, before they said that the board is read, or for 60 days: so no list
looks further back, and marks older than that need not be kept.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from forum.lines import Line
from forum.models import Board, Post, ReadMark, Topic

NEW_FOR = datetime.timedelta(days=60)
COUNTED = 100  # numbers, from the last one back: how many are new beyond that nobody wants to know
LOOKED_AT = 30  # topics of a board, from the top: who has read its first page is not told of one below
_PREFETCH = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")

# What is public and new to the person in some topics. For each apart, so that numbers before `least` are not looked at.
_NEW = """
    SELECT topic.id AS of, new.* FROM forum_topic topic
    LEFT JOIN forum_readmark mark ON mark.topic_id = topic.id AND mark.user_id = %(user)s
    LEFT JOIN forum_boardmark said ON said.board_id = topic.board_id AND said.user_id = %(user)s
    CROSS JOIN LATERAL (SELECT {what} FROM forum_post post
        WHERE post.topic_id = topic.id AND post.number > greatest(mark.number, {least}) AND post.status = 'public'
            AND post.author_id <> %(user)s AND post.published_at > greatest(%(floor)s, said.read_at) {order}) new
    WHERE topic.id = ANY(%(topics)s)
"""
_COUNT = _NEW.format(what="count(*)", least="topic.last_number - %(counted)s", order="")
_FIRST = _NEW.format(what="*", least="0", order="ORDER BY post.number LIMIT 1")
_BOARDS = """
    SELECT board.id FROM forum_board board
    LEFT JOIN forum_boardmark said ON said.board_id = board.id AND said.user_id = %(user)s
    WHERE board.id = ANY(%(boards)s) AND EXISTS (
        SELECT FROM (SELECT id, active_at, last_post_id FROM forum_topic
            WHERE board_id = board.id AND status IN ('open', 'locked') AND opened_at IS NOT NULL
            ORDER BY is_pinned DESC, active_at DESC, id DESC LIMIT %(looked_at)s) topic
        JOIN forum_post post ON post.id = topic.last_post_id
        LEFT JOIN forum_readmark mark ON mark.topic_id = topic.id AND mark.user_id = %(user)s
        WHERE topic.active_at > greatest(%(floor)s, said.read_at) AND post.number > coalesce(mark.number, 0)
            AND post.author_id <> %(user)s)
"""


def floor_of(user) -> datetime.datetime:
    """Return since when anything can be new to the person."""
    return max(user.date_joined, timezone.now() - NEW_FOR)


def count(topics: Iterable[Topic | Line], user) -> None:
    """Give each topic `new_count`: how many posts there are new to the person, counted up to 100. One query."""
    found = list(topics)
    if not user.is_authenticated or not found:
        return
    counts = dict(_asked(_COUNT, user, topics=[topic.pk for topic in found], counted=COUNTED))
    for topic in found:
        topic.new_count = counts.get(topic.pk, 0)


def first_new(topic: Topic, user) -> Post | None:
    """Return the first post of the topic that is new to the person. One query."""
    return next(iter(Post.objects.raw(_FIRST, _values(user, topics=[topic.pk]))), None)


def look_at_boards(boards: Iterable[Board], user) -> None:
    """Give each board `has_new`: whether something on its first page is new to the person. One query."""
    found = list(boards)
    if not user.is_authenticated or not found:
        return
    new = {pk for (pk,) in _asked(_BOARDS, user, boards=[board.pk for board in found], looked_at=LOOKED_AT)}
    for board in found:
        board.has_new = board.pk in new


def _asked(sql: str, user, **values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, _values(user, **values))
        return cursor.fetchall()


def _values(user, **values: Any) -> dict[str, Any]:
    return {"user": user.pk, "floor": floor_of(user), **values}


def read_up_to(user, topic: Topic) -> int:
    """Return up to which number the person has read the topic. One query."""
    return ReadMark.objects.filter(user=user, topic=topic).values_list("number", flat=True).first() or 0


def is_reading(request: HttpRequest) -> bool:
    """Whether somebody looks at the page: not where a program asks for its head, or fetches it in case."""
    if request.method != "GET":
        return False
    return not any("prefetch" in request.headers.get(name, "").lower() for name in _PREFETCH)
