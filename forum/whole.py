"""One topic with what its page shows beside the posts: by one statement, made once, where to compile it took longer."""

from functools import cache
from itertools import islice
from typing import Any

from django.db import connection, models

from accounts.models import User
from forum.models import Board, Post, Topic
from initiatives.models import Initiative

_INITIATIVE = ("id", "reference", "slug", "title", "status", "language")
_PARTS: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {  # what is read of each row; nothing said: everything
    "topic": (Topic, ()),
    "board": (Board, ()),
    "author": (User, ("id", "name", "handle", "is_active", "is_system")),
    "last_post": (Post, ("id", "number")),
    "initiative": (Initiative, _INITIATIVE),
}
_ROW = """
    SELECT {columns} FROM forum_topic topic
    JOIN forum_board board ON board.id = topic.board_id JOIN accounts_user author ON author.id = topic.author_id
    LEFT JOIN forum_post last_post ON last_post.id = topic.last_post_id
    LEFT JOIN initiatives_initiative initiative ON initiative.id = topic.initiative_id WHERE topic.id = %s
"""


def read(pk: int) -> Topic | None:
    """Return the topic, of whatever status; None where none is. With its board, author, last post and initiative.

    And with the topic that it was split off from, which is a query more.
    """
    with connection.cursor() as cursor:
        cursor.execute(_sql(), [min(pk, models.BigIntegerField.MAX_BIGINT)])
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    topic, *beside = (_made(part, list(islice(values, len(_fields(part))))) for part in _PARTS)
    for part, one in zip(list(_PARTS)[1:], beside, strict=True):
        setattr(topic, part, one)
    if topic.split_from_id:  # few are: joined for all, it doubled what this takes to plan
        topic.split_from = Topic.objects.select_related("board").get(pk=topic.split_from_id)
    return topic


@cache
def _sql() -> str:
    return _ROW.format(columns=", ".join(f"{part}.{field.column}" for part in _PARTS for field in _fields(part)))


@cache
def _fields(part: str) -> list[models.Field]:
    model, names = _PARTS[part]
    return [field for field in model._meta.concrete_fields if not names or field.column in names]


def _made(part: str, values: list[Any]) -> Any:
    """Return the row of the model; what was not read is deferred."""
    model = _PARTS[part][0]
    known = dict(zip((field.attname for field in _fields(part)), values, strict=True))
    return model.from_db(connection.alias, list(known), values) if known["id"] else None
