"""What the filters of an address leave of what is public: how many, of which codes, of which countries."""

import datetime
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from pyroaring import BitMap

from initiatives.finding.index import Index
from initiatives.vocabulary import MeasureStatus, Scope

# The parameters whose values are codes, and which are counted: facets.
FACETS = (
    *(
        "region",
        "country",
        "group",
        "theme",
        "pillar",
        "measure",
        "stakeholder",
        "organisation",
        "status",
        "instrument",
    ),
    *("compliance", "phase", "year", "language", "collection", "tag", "mark"),
)
NAMED = (Scope.NATIONAL, Scope.MULTI_COUNTRY)  # what counts for each country that it names (ADR 0005)


class Choice:
    """A choice of the initiatives in an index, by cleaned values of the parameters.

    Values of one parameter are alternatives; what each parameter lets through is a set of its own, so that it can be
    told what there would be without it. `words` gives what matches the words of `q`; `among`, what it is all out of.
    """

    def __init__(
        self,
        index: Index,
        values: Mapping[str, Any],
        *,
        on: datetime.date,
        words: Callable[[str], BitMap] | None = None,
        among: BitMap | None = None,
    ) -> None:
        self.index, self.on, self.words = index, on, words
        self.all = index.public if values.get("archived") else index.published
        if among is not None:
            self.all = index.public & among
        self.parts = {name: part for name in values if (part := self._part(name, values[name])) is not None}

    def _part(self, name: str, value: Any) -> BitMap | None:
        """Return what one parameter lets through; None where it says nothing."""
        index = self.index
        if not value:
            return None
        if name in FACETS:
            sets = index.facet(name, self.on)
            return BitMap.union(*(sets.get(code, BitMap()) for code in value))
        if name == "in_force_on":
            return index.statuses(value)[MeasureStatus.IN_FORCE]
        if name == "starts_after":
            return index.after("starts", value.first - datetime.timedelta(days=1))
        if name == "starts_before":
            return index.until("starts", value.last)
        return self.words(value) if name == "q" else None

    @cached_property
    def ids(self) -> BitMap:
        """The numbers of what is left."""
        return self.without()

    @property
    def total(self) -> int:
        return len(self.ids)

    def without(self, *names: str) -> BitMap:
        """Return what would be left without these parameters."""
        return BitMap.intersection(self.all, *(part for name, part in self.parts.items() if name not in names))

    def with_archived(self) -> BitMap:
        """Return what would be left if archived ones were included."""
        return BitMap.intersection(self.index.public, *self.parts.values())

    def counts(self, facet: str) -> dict[str, int]:
        """Return how many each code of a facet would leave, all other parameters kept; those codes that leave any.

        What is chosen in the facet itself does not count, so that one sees what one could choose beside it.
        """
        found = self.without(facet) if facet in self.parts else self.ids
        sets = self.index.facet(facet, self.on)
        return {code: n for code, those in sets.items() if (n := found.intersection_cardinality(those))}

    def countries(self) -> dict[str, int]:
        """Return for each country or territory how many count for it."""
        return self._counted("country", self.ids & self.index.any_of("scope", NAMED))

    def whole_regions(self) -> dict[str, int]:
        """Return for each ITU region how many are of it as a whole."""
        return self._counted("whole region", self.ids)

    def worldwide(self) -> int:
        return self.ids.intersection_cardinality(self.index.of("scope", Scope.GLOBAL))

    def countries_named(self) -> int:
        """Return how many countries and territories are named."""
        return sum(1 for those in self.index.codes.get("country", {}).values() if those.intersect(self.ids))

    def _counted(self, facet: str, found: BitMap) -> dict[str, int]:
        sets = self.index.codes.get(facet, {})
        return {code: n for code in sorted(sets) if (n := found.intersection_cardinality(sets[code]))}
