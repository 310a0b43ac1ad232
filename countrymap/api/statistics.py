"""The tables of the statistics page, for the same filters."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from common.api.parameters import Parameter, whole_number
from common.api.problems import Fault
from common.api.shapes import part
from common.dates import EARLIEST_YEAR, LATEST_YEAR
from countrymap.statistics.asked import Asked
from initiatives.api.fresh import PublicView
from initiatives.api.parameters import FILTERS, filter_of

WEEKS = Parameter(
    "weeks",
    {"type": "integer", "minimum": EARLIEST_YEAR, "maximum": LATEST_YEAR},
    gettext_lazy("A year to count by weeks; months without it, or where nothing started in that year."),
    example=2020,
)


class StatisticsView(PublicView):
    name, group = "getStatistics", "Statistics"
    summary = gettext_lazy("Counts of what the filters find")
    about = gettext_lazy(
        "The tables of the statistics page. “tables” count by one code each, “time” what started and was in force, "
        "“coverage” what names each member state of ITU."
    )
    parameters = (*(one for one in FILTERS if one.name != "sort"), WEEKS)
    shape = part("Statistics")

    def read(self, request: HttpRequest, faults: list[Fault], **kwargs: Any) -> dict[str, Any]:
        whole_number(request.GET, "weeks", faults, least=EARLIEST_YEAR, most=LATEST_YEAR, default=None)
        asked = Asked(request, filter_of(request, faults))
        self.refuse(faults)
        counts = asked.counts
        return {
            "initiatives": counts.total,
            "checked_by_people": counts.checked,
            "worldwide": counts.numbers.worldwide,
            "regional": counts.numbers.regions,
            "tables": [
                {
                    "name": table.name,
                    "title": str(table.title),
                    "note": str(table.note),
                    "lines": [
                        {"code": line.code or None, "label": str(line.label), "initiatives": line.count}
                        for line in table.lines
                    ],
                }
                for table in asked.tables
            ],
            "time": [
                {
                    "first_day": step.first.isoformat(),
                    "last_day": step.last.isoformat(),
                    "started": step.started,
                    "in_force": step.in_force,
                }
                for step in asked.steps
            ],
            "coverage": [
                {"country": place.country.iso2, "region": group.code, "initiatives": place.count}
                for group in asked.groups
                for place in group.members
            ],
        }
