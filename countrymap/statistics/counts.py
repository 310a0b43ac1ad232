"""What the statistics count: what the list finds with the same filters, summed up by each of its codes."""

from collections.abc import Mapping
from dataclasses import dataclass

from countrymap.numbers import Numbers, numbers_of
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
    """Return the counts for the filters: in the index alone, so that they agree with the list."""
    choice = found.found
    return Counts(
        numbers=numbers_of(choice),
        themes=counted(choice, "theme"),
        regions=counted(choice, "region"),
        stakeholders=counted(choice, "stakeholder"),
        instruments=counted(choice, "instrument"),
        statuses=counted(choice, "status"),
        checks=counted(choice, "checked"),
        days=days_of(choice),
    )
