"""A board's topics, page by page: the pinned first, then by activity.

Pages are linked by places, which is what a topic is ordered by, so that each costs the same and none shows a topic
twice because somebody has posted meanwhile. A topic that moves to the top between two pages is seen there.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from django.db.models import Q

from forum import lines
from forum.lines import Line
from forum.models import Board, Topic

PER_PAGE = 30
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)
_PLACE_OF = "(is_pinned, active_at, topic.id)"  # of a row, as of a place: what comes after it is less
_PLACE = re.compile(r"([01])-(\d{1,17})-(\d{1,18})", re.ASCII)


class Place(NamedTuple):
    """Where a topic stands in the order."""

    is_pinned: bool
    active_at: datetime.datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.is_pinned:d}-{(self.active_at - _EPOCH) // _MICROSECOND}-{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read what `str` wrote; None for anything else."""
        found = _PLACE.fullmatch(text)
        if not found:
            return None
        try:
            return cls(found[1] == "1", _EPOCH + int(found[2]) * _MICROSECOND, int(found[3]))
        except OverflowError:
            return None

    @classmethod
    def of(cls, topic: Topic | Line) -> Self:
        return cls(topic.is_pinned, topic.active_at, topic.pk)

    def unpinned(self) -> Self:
        """The same place in a list by activity alone."""
        return self._replace(is_pinned=False)

    def earlier(self) -> Q:
        """What comes after this place in a list by activity alone."""
        # The first part alone is what the index begins at.
        begin = Q(active_at__lte=self.active_at)
        return begin & (Q(active_at__lt=self.active_at) | Q(pk__lt=self.pk))


@dataclass(frozen=True)
class TopicPage:
    """Topics, and what leads to those before and after them: parameters of an address, empty where there are none."""

    topics: list[Line]
    newer: str = ""
    older: str = ""


def page_of(board: Board, asked: Mapping[str, str]) -> TopicPage:
    """Return the page of the board that the parameters `after` or `before` ask for, else the first. One query."""
    after, before = Place.parse(asked.get("after", "")), Place.parse(asked.get("before", ""))
    if before and not after:
        topics = _read(board, lines.PINNED_FIRST_BACKWARDS, f"AND {_PLACE_OF} > (%s, %s, %s)", *before)
        has_more, topics = len(topics) > PER_PAGE, topics[:PER_PAGE][::-1]
        return TopicPage(topics, *_ends(topics, newer=has_more, older=True)) if topics else page_of(board, {})
    beyond = (f"AND {_PLACE_OF} < (%s, %s, %s)", *after) if after else ()
    topics = _read(board, lines.PINNED_FIRST, *beyond)
    return TopicPage(topics[:PER_PAGE], *_ends(topics[:PER_PAGE], newer=bool(after), older=len(topics) > PER_PAGE))


def _read(board: Board, order: str, where: str = "", *place: Any) -> list[Line]:
    return lines.read(f"board_id = %s {where}", [board.pk, *place], limit=PER_PAGE + 1, order=order)


def newest(boards: Iterable[Board], count: int) -> list[Line]:
    """Return the topics of the boards in which something was said last. One query."""
    return lines.read("board_id = ANY(%s)", [[board.pk for board in boards]], limit=count)


def _ends(topics: list[Line], *, newer: bool, older: bool) -> tuple[str, str]:
    if not topics:
        return "", ""
    first, last = Place.of(topics[0]), Place.of(topics[-1])
    return f"before={first}" if newer else "", f"after={last}" if older else ""
