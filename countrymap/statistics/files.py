"""The tables of the statistics as files: the numbers of the page, with the codes that machines want."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from countrymap.places import Group
from countrymap.statistics.over_time import Step
from countrymap.statistics.tables import Table

Rows = Iterable[Iterable[Any]]


def table_rows(table: Table) -> Rows:
    yield _("code"), str(table.heading), _("initiatives")
    for line in table.lines:
        yield line.code, str(line.label), line.count


def time_rows(steps: Iterable[Step]) -> Rows:
    yield _("first day"), _("last day"), _("started"), _("in force on the last day")
    for step in steps:
        yield step.first.isoformat(), step.last.isoformat(), step.started, step.in_force


def coverage_rows(groups: Iterable[Group]) -> Rows:
    yield _("code"), _("member state of ITU"), _("region code"), _("ITU region"), _("initiatives")
    for group in groups:
        for place in group.members:
            yield place.country.iso2, place.country.name, group.code, group.label, place.count
