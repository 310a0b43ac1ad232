"""What an address asks of the statistics: one reading for page, files and API."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.http import Http404, HttpRequest

from countrymap.places import Group, groups_for
from countrymap.statistics import files
from countrymap.statistics.counts import Counts, counts_of
from countrymap.statistics.over_time import Step
from countrymap.statistics.tables import Table, tables
from initiatives.filters import InitiativeFilter


@dataclass
class Asked:
    """What an address asks for: the filters of the list, and whether a year is to be shown by weeks."""

    request: HttpRequest
    filter: InitiativeFilter

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        return cls(request, InitiativeFilter(request.GET))

    @cached_property
    def counts(self) -> Counts:
        return counts_of(self.filter)

    @cached_property
    def groups(self) -> list[Group]:
        """The regions with their member states and territories; what belongs to none is left."""
        return groups_for(self.counts.numbers, self.filter.found.index.countries.values())[:-1]

    @property
    def tables(self) -> list[Table]:
        return tables(self.counts, self.filter)

    @property
    def weeks(self) -> int | None:
        """The year that is asked for by weeks."""
        asked = self.request.GET.get("weeks", "")
        return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None

    @cached_property
    def year(self) -> int | None:
        """The same, where anything started in it."""
        return self.weeks if self.weeks in self.counts.days.years else None

    @cached_property
    def steps(self) -> list[Step]:
        days = self.counts.days
        return days.weeks(self.year) if self.year else days.months()

    def query(self, year: int | None = None) -> str:
        """The query string of these filters, with the year that is shown by weeks."""
        query = self.filter.canonical_query(sort="")
        return "&".join(part for part in (query, f"weeks={year}" if year else "") if part)

    def rows(self, name: str) -> Iterable[Iterable[Any]]:
        """The rows of the file `name`."""
        if name == "time":
            return files.time_rows(self.steps)
        if name == "coverage":
            return files.coverage_rows(self.groups)
        table = next((one for one in self.tables if one.name == name), None)
        if table is None:
            raise Http404
        return files.table_rows(table)
