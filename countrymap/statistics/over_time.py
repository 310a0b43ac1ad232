"""How many measures started, and how many were in force, over time.

In force on a day means the same as everywhere (`initiatives.status`): the index knows the days on which each measure
begins and ceases to hold, so that any number of days is counted at once.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from pyroaring import BitMap

from common.dates import Precision
from initiatives import status
from initiatives.finding import Choice, Index
from initiatives.finding.loading import NEVER

EARLIEST = datetime.date(2020, 1, 1)
MONTHS_SHOWN = 120
DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """A week or a month: its first and last day, how many measures started in it, and were in force at its end."""

    first: datetime.date
    last: datetime.date
    started: int
    in_force: int


class Sums:
    """How many of a set have a day of a facet, up to any day: by months first, and by days within one month."""

    def __init__(self, index: Index, facet: str, found: BitMap, before: int = 0) -> None:
        """`before` is what counts from the beginning of time on."""
        self.index, self.facet, self.found = index, facet, found
        counts = {month: found.intersection_cardinality(those) for month, those in index.months(facet).items()}
        self.months = [month for month, count in counts.items() if count]
        self.sums = list(accumulate((counts[month] for month in self.months), initial=before))

    def until(self, day: datetime.date) -> int:
        """How many there are up to and on `day`."""
        place = bisect_left(self.months, day.isoformat()[:7])
        if place == len(self.months) or self.months[place] != day.isoformat()[:7]:
            return self.sums[place]
        if (day + DAY).day == 1:
            return self.sums[place + 1]
        return self.sums[place] + sum(self._within(day))

    def _within(self, day: datetime.date) -> Iterator[int]:
        """How many there are on each day of the month until `day`."""
        days, sets = self.index.days(self.facet)
        first, last = bisect_left(days, day.isoformat()[:7]), bisect_right(days, day.isoformat())
        return (self.found.intersection_cardinality(those) for those in sets[first:last])

    @property
    def total(self) -> int:
        return self.sums[-1]


@dataclass(frozen=True)
class Days:
    """How many measures start, begin to hold, and no longer hold, by day."""

    starts: Sums
    begins: Sums
    ceases: Sums
    unknown: int  # no start known
    rough: int  # start known to the month or year only

    @property
    def years(self) -> list[int]:
        """The years in which something started, none of them ahead."""
        last = status.today().year
        return sorted({year for month in self.starts.months if (year := int(month[:4])) <= last})

    def before(self, day: datetime.date) -> int:
        """How many started before `day`."""
        return self.starts.until(day - DAY)

    def after(self, day: datetime.date) -> int:
        """How many start after `day`."""
        return self.starts.total - self.starts.until(day)

    def months(self) -> list[Step]:
        """Every month from the first start, but no earlier than 2020 and no more than ten years, until this month."""
        today = status.today()
        first = next(iter(self.starts.months), today.isoformat()[:7])
        begin = max(datetime.date.fromisoformat(f"{first}-01"), EARLIEST)
        return self._steps(list(_months(min(begin, today), today))[-MONTHS_SHOWN:])

    def weeks(self, year: int) -> list[Step]:
        """Every week, Monday to Sunday, with a day in `year`, until this one."""
        first = datetime.date(year, 1, 1)
        monday = first - DAY * first.weekday()
        mondays = [monday + WEEK * number for number in range(54)]
        return self._steps([(day, day + WEEK - DAY) for day in mondays if day.year <= year])

    def _steps(self, spans: list[tuple[datetime.date, datetime.date]]) -> list[Step]:
        today = status.today()
        return [self._step(first, min(last, today)) for first, last in spans if first <= today]

    def _step(self, first: datetime.date, last: datetime.date) -> Step:
        started = self.starts.until(last) - self.before(first)
        return Step(first, last, started, self.begins.until(last) - self.ceases.until(last))


def _months(begin: datetime.date, end: datetime.date) -> Iterator[tuple[datetime.date, datetime.date]]:
    first = begin.replace(day=1)
    while first <= end:
        after = (first + 32 * DAY).replace(day=1)
        yield first, after - DAY
        first = after


def days_of(choice: Choice) -> Days:
    """Return the days of what is chosen, counted in the index. No query."""
    index, found = choice.index, choice.ids
    holding, undated = found - index.of("ceases", NEVER), index.of("starts", "")
    return Days(
        starts=Sums(index, "starts", found),
        begins=Sums(index, "starts", holding, before=holding.intersection_cardinality(undated)),
        ceases=Sums(index, "ceases", holding),
        unknown=found.intersection_cardinality(undated),
        rough=len(found - index.of("precision", Precision.DAY) - undated),
    )
