"""Lines of topics: what one shows, read in one query, and its HTML, made in one go.

Thirty stand on a page, and as rows of the model and a template they were most of what it cost.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.drawing import BADGE, MARK, BoardName, board_link
from forum.models.topic import TopicWords
from forum.querysets import TopicQuerySet
from forum.reader import Reader

_OF_TOPIC = (
    *("pk", "title", "slug", "language", "status", "is_pinned", "solution"),
    *("post_count", "last_number", "active_at"),
)
_SHOWN = (*_OF_TOPIC, "author__name", "last_post__author__name")
_OF_BOARD = ("board__slug", "board__kind", "board__code", "board__name")
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
    last_number: int
    active_at: datetime.datetime
    author: str  # by name, as who spoke last
    last_author: str | None
    board: BoardName | None = None  # where it is to be named
    new_count: int | None = None  # posts that are new to the reader; None where nobody has signed in


def read(found: TopicQuerySet, *, with_boards: bool = False) -> list[Line]:
    """Return the lines of these topics, in their order, perhaps with the names of their boards. One query."""
    if with_boards:
        rows = found.values_list(*_SHOWN, *_OF_BOARD)
        return [Line(*row[: len(_SHOWN)], BoardName(*row[len(_SHOWN) :])) for row in rows]
    return [Line(*row) for row in found.values_list(*_SHOWN)]


# As HTML


def html(lines: Iterable[Line]) -> list[SafeString]:
    reader = Reader.here()
    return [_line(one, reader) for one in lines]


def _line(one: Line, reader: Reader) -> SafeString:
    words, replies = _words(reader.language), one.reply_count
    return format_html(
        _LINE,
        words.read if one.new_count == 0 else "",
        reader.topic(one.pk, one.slug),
        one.language_code,
        one.title,
        _new(one.new_count, reader.unread(one.pk), reader.language) if one.new_count else "",
        _badges(one, words),
        format_html("{} · ", board_link(one.board, reader.language)) if one.board else "",
        one.author,
        _replies(replies, reader.language),
        format_html(words.last, one.last_author) if replies else "",
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
        format_html(BADGE, _("pinned")),
        format_html(BADGE, _("locked")),
        format_html(MARK + " · ", _("answered")),
        format_html(" · {} <bdi>{{}}</bdi>", _("last by")),
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
    return format_html('<a class="badge" rel="nofollow" href="{}">{}</a> ', address, _new_words(count, language))


@lru_cache(maxsize=1_000)
def _new_words(count: int, language: str | None) -> str:
    return ngettext("%(count)s new", "%(count)s new", count) % {"count": count}
