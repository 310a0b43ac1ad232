"""Measures along time: a bar for each, beside its dates in a table.

What is not known is drawn otherwise than what is: a start or end known to the month or year is hollow, and after the
last day on which a measure was known to hold a broken line goes on.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import formats

from common.charts import along, percent
from common.dates import PartialDate
from initiatives import status
from initiatives.items import Item
from initiatives.vocabulary import EndKind, MeasureStatus

LEAST_WIDTH = 0.8  # per cent: or a measure of a day could not be seen
AHEAD = datetime.timedelta(days=730)  # no further into the future, whatever the ends
EVERY = (1, 3, 6, 12, 24, 60, 120, 240)  # months between two lines of the scale
LINES = 5  # of the scale at most
SURE, UNSURE, UNKNOWN = "sure", "unsure", "unknown"


class Part(NamedTuple):
    """A piece of a bar; `kind` is the end of its class."""

    kind: str
    x: str
    width: str
    x2: str


class Tick(NamedTuple):
    x: str
    words: str


@dataclass(frozen=True)
class Row:
    """A measure with its bar."""

    initiative: Item
    parts: Sequence[Part]


@dataclass(frozen=True)
class Timeline:
    """Rows on one scale; `today` is the place of this day."""

    rows: Sequence[Row]
    ticks: Sequence[Tick]
    today: str


@dataclass(frozen=True)
class Scale:
    first: datetime.date
    last: datetime.date

    def place(self, day: datetime.date) -> float:
        """Per cent of the width at which `day` begins."""
        share = (day - self.first) / (self.last - self.first)
        return 100 * min(max(share, 0), 1)

    def part(self, kind: str, begins: datetime.date, ends: datetime.date) -> Part | None:
        """The piece from the beginning of one day to the end of another; None where there is nothing between."""
        if ends < begins or begins > self.last or ends < self.first:
            return None
        x = self.place(begins)
        width = max(self.place(ends + datetime.timedelta(days=1)) - x, LEAST_WIDTH)
        x = min(x, 100 - width)
        return Part(kind, along(x, width), percent(width), along(x + width))


def timeline_of(initiatives: Iterable[Item], *, on: datetime.date | None = None) -> Timeline | None:
    """Return the measures in the order in which they are given; None where no start is known."""
    on = on or status.today()
    rows = [one for one in initiatives if one.starts]
    if not rows:
        return None
    first = min(one.starts.first for one in rows).replace(day=1)
    ends = [one.ends.last for one in rows if one.ends] + [one.starts.last for one in rows] + [on]
    scale = Scale(first, min(max(ends), on + AHEAD) + datetime.timedelta(days=31))
    drawn = [Row(one, [part for part in _parts(one, scale, on) if part]) for one in rows]
    return Timeline(drawn, _ticks(scale), along(scale.place(on)))


def _parts(one: Item, scale: Scale, on: datetime.date) -> Iterable[Part | None]:
    start, end, known_until = one.starts, _end(one), _known_until(one, scale, on)
    day = datetime.timedelta(days=1)
    if start.first != start.last:
        yield scale.part(UNSURE, start.first, min(start.last, known_until))
    begins = start.first if start.first == start.last else start.last + day
    if end and end.first != end.last:
        yield scale.part(SURE, begins, min(end.first - day, known_until))
        yield scale.part(UNSURE, max(end.first, begins), end.last)
    else:
        yield scale.part(SURE, begins, known_until)
    if not end and known_until < scale.last:
        yield scale.part(UNKNOWN, known_until + day, scale.last)


def _end(one: Item) -> PartialDate | None:
    """The end that is known: declared, or else announced."""
    if one.declared_status and one.declared_on:
        return PartialDate.of(one.declared_on, "day")
    return one.ends


def _known_until(one: Item, scale: Scale, on: datetime.date) -> datetime.date:
    """The last day on which it holds as far as is known."""
    if end := _end(one):
        return end.last
    if one.end_kind == EndKind.OPEN_ENDED and not one.declared_status:
        return scale.last
    if one.measure_status in (MeasureStatus.IN_FORCE, MeasureStatus.ANNOUNCED):
        return max(on, one.starts.last)
    return max(status.last_confirmed(one), one.starts.last)


def _ticks(scale: Scale) -> list[Tick]:
    """The lines of the scale: the beginnings of some months or years."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    every = next((step for step in EVERY if months / step <= LINES), EVERY[-1])
    ticks = []
    for number in range(months + 1):
        year, month = divmod(scale.first.year * 12 + scale.first.month - 1 + number, 12)
        if (year * 12 + month) % every == 0:
            day = datetime.date(year, month + 1, 1)
            words = str(year) if every >= 12 else formats.date_format(day, "M Y")
            ticks.append(Tick(along(scale.place(day)), words))
    return ticks
