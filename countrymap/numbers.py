"""How many initiatives there are for each country, region and the world: the counting rule of the map."""

from dataclasses import dataclass, field

from initiatives.filters import InitiativeFilter
from initiatives.finding import Choice
from initiatives.querysets import InitiativeQuerySet


@dataclass(frozen=True)
class Numbers:
    """Counts of one set of initiatives.

    National and several-country initiatives count once for each country they name, regional ones for their region,
    global ones for the world; so the countries' counts may add up to more than there are initiatives.
    """

    initiatives: int = 0
    worldwide: int = 0
    regions: dict[str, int] = field(default_factory=dict)  # regional initiatives by ITU region
    countries: dict[str, int] = field(default_factory=dict)  # by ISO alpha-2, those that have any

    @property
    def regional(self) -> int:
        return sum(self.regions.values())


def count_initiatives(found: InitiativeFilter | InitiativeQuerySet | None = None) -> Numbers:
    """Count what is public, or what a filter found of it: in the index in memory, which asks the log. One query.

    A queryset costs one more, and time for every row of it; a filter does not.
    """
    chosen = found if isinstance(found, InitiativeFilter) else InitiativeFilter(queryset=found)
    return numbers_of(chosen.found)


def numbers_of(choice: Choice) -> Numbers:
    """Count what the index holds of a choice. No query."""
    return Numbers(
        initiatives=choice.total,
        worldwide=choice.worldwide(),
        regions=choice.whole_regions(),
        countries=choice.countries(),
    )
