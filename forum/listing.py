"""A board's topics, page by page: the pinned first, then by activity.

Pages are linked by places, which is what a topic is ordered by, so that each costs the same and none shows a topic
twice because somebody has posted meanwhile. A topic that moves to the top between two pages is seen there.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.db.models import BigIntegerField, BooleanField, DateTimeField, Func, Q, Value
from django.db.models.lookups import GreaterThan

from forum import lines
from forum.lines import Line
from forum.models import Topic
from forum.querysets import TopicQuerySet

PER_PAGE = 30
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)
_PLACE = re.compile(r"([01])-(\d{1,17})-(\d{1,18})", re.ASCII)


class _Row(Func):
    """Columns that are compared one after the other."""

    template, output_field = "(%(expressions)s)", BooleanField()


_PLACE_FIELDS = BooleanField(), DateTimeField(), BigIntegerField()


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

    def beyond(self) -> Q:
        """What comes after this place."""
        same = Q(is_pinned=self.is_pinned) & _beyond("lt", self)
        return same | Q(is_pinned=False) if self.is_pinned else same

    def unpinned(self) -> Self:
        """The same place in a list by activity alone."""
        return self._replace(is_pinned=False)

    def earlier(self) -> Q:
        """What comes after this place in a list by activity alone."""
        return _beyond("lt", self)

    def before(self) -> GreaterThan:
        """What comes before this place. As a comparison of rows, which the index begins at: of an OR it reads all."""
        values = (Value(one, field) for one, field in zip(self, _PLACE_FIELDS, strict=True))
        return GreaterThan(_Row("is_pinned", "active_at", "pk"), _Row(*values))


def _beyond(which: str, place: Place) -> Q:
    # The first part alone is what the index begins at.
    begin = Q(**{f"active_at__{which}e": place.active_at})
    return begin & (Q(**{f"active_at__{which}": place.active_at}) | Q(**{f"pk__{which}": place.pk}))


@dataclass(frozen=True)
class TopicPage:
    """Topics, and what leads to those before and after them: parameters of an address, empty where there are none."""

    topics: list[Line]
    newer: str = ""
    older: str = ""


def page_of(found: TopicQuerySet, asked: Mapping[str, str]) -> TopicPage:
    """Return the page of `found` that the parameters `after` or `before` ask for, else the first. One query."""
    after, before = Place.parse(asked.get("after", "")), Place.parse(asked.get("before", ""))
    rows = found.by_activity()
    if before and not after:
        topics = lines.read(rows.filter(before.before()).reverse()[: PER_PAGE + 1])
        has_more, topics = len(topics) > PER_PAGE, topics[:PER_PAGE][::-1]
        return TopicPage(topics, *_ends(topics, newer=has_more, older=True)) if topics else page_of(found, {})
    topics = lines.read((rows.filter(after.beyond()) if after else rows)[: PER_PAGE + 1])
    return TopicPage(topics[:PER_PAGE], *_ends(topics[:PER_PAGE], newer=bool(after), older=len(topics) > PER_PAGE))


def newest(found: TopicQuerySet, count: int) -> list[Line]:
    """Return those of `found` in which something was said last, with their boards. One query."""
    return lines.read(found.order_by("-active_at", "-pk")[:count], with_boards=True)


def _ends(topics: list[Line], *, newer: bool, older: bool) -> tuple[str, str]:
    if not topics:
        return "", ""
    first, last = Place.of(topics[0]), Place.of(topics[-1])
    return f"before={first}" if newer else "", f"after={last}" if older else ""
