"""Lines of topics: what one shows, read in one query, and its HTML, made in one go.

Thirty stand on a page, and as rows of the model and a template they were most of what it cost.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.filling import fill
from forum.drawing import BADGE, MARK, BoardName, board_link
from forum.models.topic import TopicWords
from forum.reader import Reader

_ROWS = """
    SELECT topic.id, title, topic.slug, language, status, is_pinned, solution_id, topic.post_count, active_at,
        (SELECT name FROM accounts_user WHERE id = topic.author_id),
        (SELECT name FROM accounts_user JOIN forum_post ON author_id = accounts_user.id
            WHERE forum_post.id = last_post_id),
        board.slug, board.kind, board.code, board.name
    FROM forum_topic topic JOIN forum_board board ON board.id = board_id
    WHERE {where} AND status IN ('open', 'locked') AND opened_at IS NOT NULL ORDER BY {order} LIMIT %s
"""
BY_ACTIVITY, PINNED_FIRST = "active_at DESC, topic.id DESC", "is_pinned DESC, active_at DESC, topic.id DESC"
PINNED_FIRST_BACKWARDS = PINNED_FIRST.replace("DESC", "ASC")
_LINE = """<article class="item topic-line{}">
<h3 class="item-title"><a href="{}" lang="{}" dir="auto">{}</a></h3>
<p class="item-meta">{}{}{}<bdi>{}</bdi> · {}{} · {}</p>
</article>"""


@dataclass(slots=True)
class Line(TopicWords):
    """What a line shows of a topic, by the names of the model."""

    pk: int
    title: str
    slug: str
    language: str
    status: str
    is_pinned: bool
    solution_id: int | None
    post_count: int
    active_at: datetime.datetime
    author: str  # by name, as who spoke last
    last_author: str | None
    board: BoardName
    new_count: int | None = None  # posts that are new to the reader; None where nobody has signed in


def read(where: str, values: Sequence[Any], *, limit: int, order: str = BY_ACTIVITY) -> list[Line]:
    """Return the lines of the topics that are listed and of which `where` holds, in this order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(where=where, order=order), [*values, limit])
        return [Line(*row[:11], BoardName(*row[11:])) for row in cursor]


def of(numbers: list[int]) -> list[Line]:
    """Return the lines of the topics with these numbers, in this order, as far as they are listed. At most a query."""
    if not numbers:
        return []
    found = {line.pk: line for line in read("topic.id = ANY(%s)", [numbers], limit=len(numbers))}
    return [found[number] for number in numbers if number in found]


# As HTML


def html(lines: Iterable[Line], *, with_boards: bool = False) -> list[SafeString]:
    reader = Reader.here()
    return [_line(one, reader, with_boards) for one in lines]


def _line(one: Line, reader: Reader, with_board: bool) -> SafeString:
    words, replies = _words(reader.language), one.reply_count
    return fill(
        _LINE,
        words.read if one.new_count == 0 else "",
        reader.topic(one.pk, one.slug),
        one.language_code,
        one.title,
        _new(one.new_count, reader.unread(one.pk), reader.language) if one.new_count else "",
        _badges(one, words),
        fill("{} · ", board_link(one.board, reader.language)) if with_board else "",
        one.author,
        _replies(replies, reader.language),
        fill(words.last, one.last_author) if replies else "",
        reader.day(one.active_at),
    )


class _Words(NamedTuple):
    """What lines have in common."""

    read: SafeString
    pinned: SafeString
    locked: SafeString
    answered: SafeString
    last: str


@lru_cache(maxsize=20)
def _words(language: str | None) -> _Words:
    return _Words(
        mark_safe(" topic-line--read"),
        fill(BADGE, _("pinned")),
        fill(BADGE, _("locked")),
        fill(MARK + " · ", _("answered")),
        fill(" · {} <bdi>{{}}</bdi>", _("last by")),
    )


def _badges(one: Line, words: _Words) -> SafeString:
    """Return what stands out about the topic: pinned, locked, answered."""
    said = words.pinned if one.is_pinned else SafeString()
    said += words.locked if one.is_locked else SafeString()
    return said + words.answered if one.solution_id else said


@lru_cache(maxsize=5_000)
def _replies(count: int, language: str | None) -> str:
    return ngettext("%(count)s reply", "%(count)s replies", count) % {"count": count}


def _new(count: int, address: str, language: str | None) -> SafeString:
    return fill('<a class="badge" rel="nofollow" href="{}">{}</a> ', address, _new_words(count, language))


@lru_cache(maxsize=1_000)
def _new_words(count: int, language: str | None) -> str:
    return ngettext("%(count)s new", "%(count)s new", count) % {"count": count}
