"""What the statistics count: what the list finds with the same filters, summed up by each of its codes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from countrymap.numbers import Numbers, numbers_of
from countrymap.remembered import remembered
from countrymap.sheets import counted
from countrymap.statistics.over_time import Days, days_of
from initiatives.filters import InitiativeFilter
from initiatives.vocabulary import Mark


@dataclass(frozen=True)
class Counts:
    """Everything that is counted for one set of filters."""

    numbers: Numbers
    themes: Mapping[str, int]
    regions: Mapping[str, int]
    stakeholders: Mapping[str, int]
    instruments: Mapping[str, int]
    statuses: Mapping[str, int]
    checks: Mapping[str, int]
    days: Days

    @property
    def total(self) -> int:
        return self.numbers.initiatives

    @property
    def checked(self) -> int:
        """How many a person has looked at. It stays so when somebody contests one later: its mark says that."""
        return self.total - self.checks.get(Mark.NOT_CHECKED, 0)

    @property
    def checked_share(self) -> int:
        return round(100 * self.checked / self.total) if self.total else 0


def counts_of(found: InitiativeFilter) -> Counts:
    """Return the counts for the filters. Four queries where they are not remembered since the last change."""
    choice = found.found

    def sums() -> tuple[dict[str, int], Days]:
        rows = found.qs.order_by()
        return dict(rows.values_list("checked").annotate(Count("pk"))), days_of(rows)

    checks, days = remembered(choice.index, ("statistics", found.canonical_query(sort="")), sums)
    return Counts(
        numbers=numbers_of(choice),
        themes=counted(choice, "theme"),
        regions=counted(choice, "region"),
        stakeholders=counted(choice, "stakeholder"),
        instruments=counted(choice, "instrument"),
        statuses=counted(choice, "status"),
        checks=checks,
        days=days,
    )
