"""One page of what a choice found, by number, or before and after a place that stays where it is.

Numbers move when something new is published; a place, which is what an initiative is ordered by, does not. So pages
are linked by places, and an address with a number keeps working.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from django.db.models import Q

from initiatives.finding.choice import Choice
from initiatives.finding.walking import ORDERS, Place, passed, stretch
from initiatives.models import Initiative

PER_PAGE = 20
Ranking = Callable[[], Iterable[int]]  # numbers of what a choice found, the best first
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


class FoundPage(NamedTuple):
    """Numbers of initiatives in their order; `first` of all come before. `after` and `before` lead on, if anywhere."""

    numbers: list[int]
    first: int
    total: int
    after: str = ""
    before: str = ""

    @property
    def number(self) -> int:
        """The page's number; where a place divides pages otherwise, that of the page which most resembles it."""
        return -(-self.first // PER_PAGE) + 1

    @property
    def pages(self) -> int:
        return max(1, self.number - 1 + -(-(self.total - self.first) // PER_PAGE))


class _Walk:
    """A choice in an order of days."""

    def __init__(self, choice: Choice, name: str) -> None:
        self.choice, self.order = choice, ORDERS[name]

    def places(self, first: int, size: int) -> list[Place]:
        """Return where the initiatives of a page stand."""
        return stretch(self.choice.index, self.choice.ids, self.order, first, size)

    def passed(self, text: str, *, there: bool) -> int | None:
        """Return how many come before a place, and the one `there` too; None where the text names no place."""
        *days, number = text.split(".")
        if len(days) != len(self.order.levels) or not _NUMBER.fullmatch(number) or not all(map(_DAY.fullmatch, days)):
            return None
        here = int(number) + (0 if there else 1 if self.order.largest_first else -1)
        return passed(self.choice.index, self.choice.ids, self.order, Place(tuple(days), max(0, here)))


class _Listed:
    """A choice in an order that is known as a list: by title, or by relevance."""

    def __init__(self, choice: Choice, ranking: Ranking | None) -> None:
        self.choice, self.by_title = choice, ranking is None
        self.ranking = ranking or self._titles

    def _titles(self) -> Iterator[int]:
        return (number for number in self.choice.index.by_title if number in self.choice.ids)

    @cached_property
    def numbers(self) -> list[int]:
        return list(self.ranking())

    def places(self, first: int, size: int) -> list[Place]:
        return [Place((), number) for number in islice(self.ranking(), first, first + size)]

    def passed(self, text: str, *, there: bool) -> int | None:
        if not _NUMBER.fullmatch(text):
            return None
        number = int(text)
        if number in self.numbers:
            return self.numbers.index(number) + there
        return self._titles_before(number) if self.by_title else None

    def _titles_before(self, number: int) -> int | None:
        """Return how many have a title before that of one which is not found any more. Two queries, and only then."""
        title = Initiative.objects.filter(pk=number).values_list("title", flat=True).first()
        if title is None:
            return None
        sooner = Q(title__lt=title) | Q(title=title, pk__lt=number)
        return Initiative.objects.filter(sooner, pk__in=self.numbers).count()


def page(choice: Choice, order: str, asked: Mapping[str, str], ranking: Ranking | None = None) -> FoundPage:
    """Return the page that the parameters `page`, `after` or `before` ask for; a near one where there is none such.

    `ranking` gives the numbers in the order of relevance, where that is asked for. One query at most, for the
    order of titles.
    """
    sequence = _sequence(choice, order, ranking)
    first = _first(sequence, asked)
    if first >= choice.total:
        first = max(0, choice.total - 1) // PER_PAGE * PER_PAGE
    return _found(choice, sequence.places(first, PER_PAGE), first, begins=PER_PAGE)


def walk(
    choice: Choice, order: str, *, size: int, after: str = "", before: str = "", ranking: Ranking | None = None
) -> FoundPage | None:
    """Return up to `size` that come after or before a place, for those who walk through all: each is met once.

    None where there is no such place. Mostly one query; three by title, where what stood at the place is gone.
    """
    sequence = _sequence(choice, order, ranking)
    first: int | None = 0
    if after:
        first = sequence.passed(after, there=True)
    elif before:
        end = sequence.passed(before, there=False)
        first = None if end is None else max(0, end - size)
        size = min(size, end or 0)
    if first is None:
        return None
    return _found(choice, sequence.places(first, size) if size else [], first, begins=0)


def _sequence(choice: Choice, order: str, ranking: Ranking | None) -> "_Walk | _Listed":
    return _Walk(choice, order) if order in ORDERS else _Listed(choice, ranking)


def _found(choice: Choice, places: Sequence[Place], first: int, *, begins: int) -> FoundPage:
    """Return the page of these places; one leads back from it where more than `begins` come before."""
    after = str(places[-1]) if places and first + len(places) < choice.total else ""
    before = str(places[0]) if places and first > begins else ""
    return FoundPage([place.number for place in places], first, choice.total, after, before)


def _first(sequence: _Walk | _Listed, asked: Mapping[str, str]) -> int:
    """Return how many come before the page that is asked for."""
    if (count := sequence.passed(asked.get("after") or "", there=True)) is not None:
        return count
    if (count := sequence.passed(asked.get("before") or "", there=False)) is not None:
        return max(0, count - PER_PAGE)
    number = asked.get("page") or ""
    return max(0, int(number) - 1) * PER_PAGE if number.isascii() and number.isdigit() and len(number) < 10 else 0
