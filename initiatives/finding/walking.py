"""Pages of a set in an order, by walking months and days: what it costs does not depend on how far on the page is.

An order is a list of levels, each a facet of days and a direction; what has the same days is ordered by its number.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pyroaring import BitMap

from initiatives.finding.index import Index


class Level(NamedTuple):
    """Days of a facet, the latest first or the earliest; those without a day come last."""

    facet: str
    latest_first: bool

    def walk(self, index: Index, found: BitMap, skipped: int) -> Iterator[tuple[str, BitMap, int]]:
        """Yield each day that some of `found` have, these, and how many of them belong to the first `skipped` of all.

        Days and months of nothing but skipped ones are left out.
        """
        months = index.months(self.facet)
        for month in reversed(months) if self.latest_first else months:
            size = found.intersection_cardinality(months[month])
            if size <= skipped:
                skipped -= size
                continue
            days, sets = index.days_of(self.facet, month)
            for day, those in zip(self._turned(days), self._turned(sets), strict=True):
                size = found.intersection_cardinality(those)
                if size > skipped:
                    yield day, found & those, skipped
                skipped = max(0, skipped - size)
        yield "", found & index.of(self.facet, ""), skipped

    def _turned(self, days: list) -> list:
        return days[::-1] if self.latest_first else days

    def before(self, index: Index, found: BitMap, day: str) -> int:
        """Return how many of `found` have a day that comes before `day`."""
        if not day:
            return len(found) - found.intersection_cardinality(index.of(self.facet, ""))
        months, here = index.months(self.facet), day[:7]
        sooner = [those for month, those in months.items() if month != here and (month > here) == self.latest_first]
        if here in months:
            days, sets = index.days_of(self.facet, here)
            beside = zip(days, sets, strict=True)
            sooner += [those for other, those in beside if other != day and (other > day) == self.latest_first]
        return sum(found.intersection_cardinality(those) for those in sooner)


class Order(NamedTuple):
    levels: tuple[Level, ...]
    largest_first: bool  # among equals, by number


ORDERS = {
    "newest": Order((Level("published", True), Level("starts", True)), True),
    "-start": Order((Level("starts", True),), False),
    "start": Order((Level("starts", False),), False),
}


class Place(NamedTuple):
    """Where an initiative stands: its days by level, and its number. It need not exist any more."""

    days: tuple[str, ...]
    number: int

    def __str__(self) -> str:
        """Return how it is written in an address."""
        return ".".join([*self.days, str(self.number)])


def stretch(index: Index, found: BitMap, order: Order, first: int, count: int) -> list[Place]:
    """Return where those stand that are at `first` … `first + count` of what was found."""
    return list(islice(_places(index, found, order, first, ()), count))


def numbers_at(index: Index, found: BitMap, order: str, first: int, count: int) -> list[int]:
    """Return the numbers of the same, in an order that has a name."""
    return [place.number for place in stretch(index, found, ORDERS[order], first, count)]


def _places(index: Index, found: BitMap, order: Order, skipped: int, days: tuple[str, ...]) -> Iterator[Place]:
    if not order.levels:
        rest = reversed(found[: len(found) - skipped]) if order.largest_first else found[skipped:]
        yield from (Place(days, number) for number in rest)
        return
    level, rest = order.levels[0], order._replace(levels=order.levels[1:])
    for day, those, before in level.walk(index, found, skipped):
        yield from _places(index, those, rest, before, (*days, day))


def passed(index: Index, found: BitMap, order: Order, place: Place) -> int:
    """Return how many of `found` come before the place or are there."""
    if not order.levels:
        smaller = found.rank(place.number)  # those up to the number
        here = place.number in found
        return len(found) - smaller + here if order.largest_first else smaller
    level, rest, day = order.levels[0], order._replace(levels=order.levels[1:]), place.days[0]
    here = found & index.of(level.facet, day)
    return level.before(index, found, day) + passed(index, here, rest, Place(place.days[1:], place.number))
