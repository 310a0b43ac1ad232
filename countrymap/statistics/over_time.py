"""How many measures started, and how many were in force, over time.

In force on a day means the same as everywhere (`initiatives.status`): here each measure is turned into the days on
which it begins and ceases to hold, so that any number of days costs three queries.
"""

import datetime
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from django.db.models import Case, Count, DateField, F, Func, Q, Value, When
from django.db.models.functions import Coalesce, Greatest, Least

from common.dates import Precision
from initiatives import status
from initiatives.querysets import InitiativeQuerySet
from initiatives.vocabulary import EndKind

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
    """Counts by day, added up: small, because many are remembered."""

    def __init__(self, counts: Mapping[datetime.date, int]) -> None:
        days = sorted(counts)
        self.days = array("l", [day.toordinal() for day in days])
        self.sums = array("l", [0, *accumulate(counts[day] for day in days)])

    def until(self, day: datetime.date) -> int:
        """How many there are up to and on `day`."""
        return self.sums[bisect_right(self.days, day.toordinal())]

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
        return sorted({year for day in self.starts.days if (year := datetime.date.fromordinal(day).year) <= last})

    def before(self, day: datetime.date) -> int:
        """How many started before `day`."""
        return self.starts.until(day - DAY)

    def after(self, day: datetime.date) -> int:
        """How many start after `day`."""
        return self.starts.total - self.starts.until(day)

    def months(self) -> list[Step]:
        """Every month from the first start, but no earlier than 2020 and no more than ten years, until this month."""
        today = status.today()
        begin = max(datetime.date(min(self.years, default=today.year), 1, 1), EARLIEST)
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


def days_of(found: InitiativeQuerySet) -> Days:
    """Return the days of what was found. Three queries."""
    found = found.order_by()
    precise = Count("pk", filter=Q(starts_precision=Precision.DAY))
    rows = list(found.values_list("starts_on").annotate(count=Count("pk"), precise=precise))
    holding = found.annotate(begins=_begins(), ceases=_ceases()).filter(Q(ceases=None) | Q(begins__lt=F("ceases")))
    return Days(
        starts=Sums({day: count for day, count, _precise in rows if day}),
        begins=Sums(dict(holding.values_list("begins").annotate(Count("pk")))),
        ceases=Sums(dict(holding.filter(ceases__isnull=False).values_list("ceases").annotate(Count("pk")))),
        unknown=sum(count for day, count, _precise in rows if not day),
        rough=sum(count - precise for day, count, precise in rows if day),
    )


def _begins() -> Coalesce:
    return Coalesce("starts_on", Value(datetime.date.min), output_field=DateField())


def _ceases() -> Least:
    """The first day on which it does not hold any more; NULL where there is none. `Least` leaves NULL aside."""
    declared = Case(
        When(~Q(declared_status=""), then=Coalesce("declared_on", Value(datetime.date.min))), output_field=DateField()
    )
    confirmed = Greatest("starts_on", "confirmed_on")
    natural = Case(
        When(end_kind=EndKind.DATE, then=_day_after(F("ends_on"))),
        When(end_kind=EndKind.NOT_ANNOUNCED, then=Coalesce(_a_year_after(confirmed), Value(datetime.date.min))),
        output_field=DateField(),
    )
    return Least(declared, natural, output_field=DateField())


def _day_after(day: F) -> Func:
    return Func(day, template="(%(expressions)s + 1)", output_field=DateField())


def _a_year_after(day: Func) -> Func:
    """The day on which `status.confirmation_horizon` reaches `day`: for 29 February it is 1 March."""
    leap = "CASE WHEN to_char(%(expressions)s, 'MMDD') = '0229' THEN 1 ELSE 0 END"
    return Func(day, template=f"((%(expressions)s + interval '1 year')::date + {leap})", output_field=DateField())
