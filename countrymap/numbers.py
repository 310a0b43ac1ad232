"""How many initiatives there are for each country, region and the world: the counting rule of the map."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count

from initiatives.models import Initiative
from initiatives.querysets import InitiativeQuerySet
from initiatives.vocabulary import Scope

NAMED = (Scope.NATIONAL, Scope.MULTI_COUNTRY)


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


def count_initiatives(found: InitiativeQuerySet | None = None) -> Numbers:
    """Count what is public, or what a filter found of it. Two queries."""
    if found is None:
        found = Initiative.objects.public()
    chosen = Initiative.objects.filter(pk__in=found.order_by().values("pk"))
    scopes = chosen.order_by().values_list("scope", "region").annotate(n=Count("pk"))
    totals, regions = Counter(), Counter()
    for scope, region, n in scopes:
        totals[scope] += n
        if scope == Scope.REGIONAL:
            regions[region] += n
    return Numbers(
        initiatives=sum(totals.values()),
        worldwide=totals[Scope.GLOBAL],
        regions=dict(sorted(regions.items())),
        countries=_by_country(chosen),
    )


def _by_country(chosen: InitiativeQuerySet) -> dict[str, int]:
    named = Initiative.countries.through.objects.filter(initiative__in=chosen.filter(scope__in=NAMED))
    return dict(named.order_by("country_id").values_list("country_id").annotate(n=Count("pk")))
