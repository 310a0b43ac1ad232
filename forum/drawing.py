"""Names of boards and of people as HTML, made in one go: as templates they were much of what a page cost.

`fill` escapes every value. What few of them tell apart is kept ready, in each language.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, Self

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import StakeholderType
from common.filling import fill
from forum.models import Board
from forum.people import Person, Voice
from forum.reader import Reader

BADGE, MARK = '<span class="badge">{}</span> ', '<span class="mark mark--confirmed">{}</span>'
_NAME = '<b class="author" dir="auto">{0}</b>'
_ITEM = '<span class="author" itemprop="author" itemscope itemtype="https://schema.org/Person">{}</span>'
_AUTHOR = _ITEM.format('<b itemprop="name" dir="auto">{0}</b>')
_LINKED_AUTHOR = _ITEM.format('<a itemprop="url" href="{1}"><span itemprop="name" dir="auto">{0}</span></a>')


class BoardName(NamedTuple):
    """What of its row names a board."""

    slug: str
    kind: str
    code: str
    name: str

    @classmethod
    def of(cls, board: Board) -> Self:
        return cls(board.slug, board.kind, board.code, board.name)


@lru_cache(maxsize=1_000)
def board_link(named: BoardName, language: str | None) -> SafeString:
    """Return the name of a board, which leads there."""
    board = Board(**named._asdict())
    return fill('<a href="{}">{}</a>', board.get_absolute_url(), board.label)


def board_lines(boards: Iterable[Board]) -> SafeString:
    """Return the lines of boards in the list of all."""
    language = get_language()
    return mark_safe("\n".join(_board_line(board, language) for board in boards))  # noqa: S308 (escaped)


def _board_line(board: Board, language: str | None) -> SafeString:
    is_new = bool(getattr(board, "has_new", False))
    return _named_line(BoardName.of(board), board.topic_count, board.is_private, is_new, language)


@lru_cache(maxsize=1_000)
def _named_line(named: BoardName, topics: int, is_private: bool, is_new: bool, language: str | None) -> SafeString:
    link = board_link(named, language)
    said = [ngettext("%(count)s topic", "%(count)s topics", topics) % {"count": topics}] if topics else []
    said += [_("private")] if is_private else []
    words = fill(' <span class="quiet">{}</span>', " · ".join(said)) if said else ""
    name = fill('<b>{}</b> <span class="badge">{}</span>', link, _("new")) if is_new else link
    return fill("<li><span>{}</span>{}</li>", name, words)


def speaker(person: Person, reader: Reader) -> SafeString:
    """Return who speaks, and for whom they speak now."""
    return _speaker(_NAME, person.name, "", tuple(getattr(person, "speaks_for", ())), reader.language)


def author(person: Person, reader: Reader, *, linked: bool) -> SafeString:
    """Return who speaks, as the author of an item; `linked` to what they said where they have a page."""
    address = reader.member(person.handle) if linked and person.is_active and not person.is_system else ""
    form = _LINKED_AUTHOR if address else _AUTHOR
    return _speaker(form, person.name, address, tuple(person.speaks_for), reader.language)


@lru_cache(maxsize=5_000)
def _speaker(form: str, name: str, address: str, voices: tuple[Voice, ...], language: str | None) -> SafeString:
    parts = [fill(form, name, address)]
    parts += [fill(' <span class="speaks-for">{}</span>', voice(one, language)) for one in voices]
    return mark_safe("".join(parts))  # noqa: S308 (every part is escaped)


@lru_cache(maxsize=5_000)
def voice(one: Voice, language: str | None) -> SafeString:
    """Return an organisation with its mark, kind and country."""
    return fill(
        '<bdi>{}</bdi>{} <span class="badge">{}</span>{}',
        one.organisation,
        fill(' <span class="verified">{}</span>', _("verified")) if one.is_verified else "",
        StakeholderType(one.kind).label,
        f" · {one.country}" if one.country else "",
    )
