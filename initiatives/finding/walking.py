"""Pages of a set in an order, by walking days: what it costs does not depend on how far on the page is.

An order is a list of levels, each a facet of days and a direction; what has the same days is ordered by its number.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pyroaring import BitMap

from initiatives.finding.index import Index

FEW = 100  # initiatives of one day that the database may sort


class Level(NamedTuple):
    """Days of a facet, the latest first or the earliest; those without a day come last."""

    facet: str
    latest_first: bool

    def days(self, index: Index) -> Iterator[tuple[str, BitMap]]:
        days, found = index.days(self.facet)
        if self.latest_first:
            days, found = reversed(days), reversed(found)
        yield from zip(days, found, strict=True)
        yield "", index.of(self.facet, "")

    def precedes(self, day: str, other: str) -> bool:
        """Whether `day` comes before `other`, which is another one."""
        return bool(day) and (not other or (day > other) == self.latest_first)


class Order(NamedTuple):
    levels: tuple[Level, ...]
    largest_first: bool  # among equals, by number


ORDERS = {
    "newest": Order((Level("published", True), Level("starts", True)), True),
    "-start": Order((Level("starts", True),), False),
    "start": Order((Level("starts", False),), False),
}


def stretch(index: Index, found: BitMap, order: Order, first: int, count: int) -> tuple[BitMap, int]:
    """Return initiatives among which are those at `first` … `first + count`, and how many of them come before these.

    They are few, follow one another in the order, and are best sorted by whoever reads their rows.
    """
    if not order.levels:
        start = max(0, len(found) - first - count) if order.largest_first else first
        stop = len(found) - first if order.largest_first else first + count
        return found[start:stop], 0
    level, rest = order.levels[0], order._replace(levels=order.levels[1:])
    gathered, before, passed = BitMap(), 0, 0
    for _day, those in level.days(index):
        size = found.intersection_cardinality(those)
        if passed + size > first:
            begin = max(0, first - passed)
            part = found & those
            if size > FEW:
                part, begin = stretch(index, part, rest, begin, min(size, first + count - passed) - begin)
            before = begin if not gathered else before
            gathered |= part
        passed += size
        if passed >= first + count:
            break
    return gathered, before


class Place(NamedTuple):
    """Where an initiative stands: its days by level, and its number. It need not exist any more."""

    days: tuple[str, ...]
    number: int

    def __str__(self) -> str:
        """Return how it is written in an address."""
        return ".".join([*self.days, str(self.number)])


def passed(index: Index, found: BitMap, order: Order, place: Place) -> int:
    """Return how many of `found` come before the place or are there."""
    if not order.levels:
        smaller = found.rank(place.number)  # those up to the number
        here = place.number in found
        return len(found) - smaller + here if order.largest_first else smaller
    level, rest = order.levels[0], order._replace(levels=order.levels[1:])
    count = 0
    for day, those in level.days(index):
        if day == place.days[0]:
            return count + passed(index, found & those, rest, Place(place.days[1:], place.number))
        if not level.precedes(day, place.days[0]):
            break
        count += found.intersection_cardinality(those)
    return count
