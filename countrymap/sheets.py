"""What there is for one country or one region, counted in the index in memory: the same sets as the list finds.

An initiative counts for each of its themes.
"""

from collections.abc import Mapping
from functools import cached_property

from initiatives.finding import Choice, Index
from initiatives.finding.walking import numbers_at
from initiatives.status import today
from initiatives.vocabulary import MeasureStatus


def everything(index: Index) -> Choice:
    """All that is published."""
    return Choice(index, {}, on=today())


def counted(choice: Choice, facet: str) -> dict[str, int]:
    """Return how many of a choice each code of a facet has: unlike its own counts, what is chosen in it counts too."""
    sets = choice.index.facet(facet, choice.on)
    return {code: count for code, those in sets.items() if (count := choice.ids.intersection_cardinality(those))}


class Sheet:
    """What names the country `code`, or is of the region `code`; `name` is the filter's."""

    def __init__(self, index: Index, name: str, code: str) -> None:
        self.code = code
        self.choice = Choice(index, {name: [code]}, on=today())

    @property
    def total(self) -> int:
        return self.choice.total

    @property
    def undated(self) -> int:
        """How many have no known start."""
        return self.choice.ids.intersection_cardinality(self.choice.index.of("starts", ""))

    @property
    def dated(self) -> int:
        return self.total - self.undated

    @cached_property
    def themes(self) -> Mapping[str, int]:
        return counted(self.choice, "theme")

    @property
    def in_force(self) -> int:
        return self.choice.index.statuses(self.choice.on)[MeasureStatus.IN_FORCE].intersection_cardinality(
            self.choice.ids
        )

    def newest(self, theme: str, count: int) -> list[int]:
        """Return the numbers of the newest of a theme."""
        found = self.choice.ids & self.choice.index.of("theme", theme)
        return numbers_at(self.choice.index, found, "newest", 0, count)
