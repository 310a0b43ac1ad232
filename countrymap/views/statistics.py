"""What there is in numbers, for the filters of the list."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from common.caching import kept_by_anybody
from common.charts import Chart, Series
from common.csv import csv_text
from common.scripts import for_scripts
from countrymap.statistics.asked import Asked
from countrymap.statistics.over_time import Step
from countrymap.views.parts import canonical
from initiatives import listing
from initiatives.facets import WHOLE
from initiatives.kept import part
from initiatives.views.exports import EXCEL, file_name, with_left_out


class StatisticsView(TemplateView):
    """Tables with bars, and two charts over time, for what the filters find."""

    template_name = "countrymap/statistics.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        asked, path = Asked.of(self.request), reverse("countrymap:statistics")
        query, index = asked.query(asked.weeks), asked.filter.found.index
        return super().get_context_data(
            **kwargs,
            asked=asked,
            filter=asked.filter,
            offer=listing.form(asked.filter, self.request.GET.get(WHOLE, "")),
            list_query=asked.query(),
            content=part(index, "countrymap/_statistics.html", lambda: content_of(asked), query),
            canonical=canonical(path),
            printed=canonical(path, query),
        )


def content_of(asked: Asked) -> dict[str, Any]:
    counts, groups, steps = asked.counts, asked.groups, asked.steps
    return {
        "query": asked.query(asked.year),
        "counts": counts,
        "tables": asked.tables,
        "groups": groups,
        "members": sum(len(group.members) for group in groups),
        "covered": sum(group.covered for group in groups),
        "uncovered": sum(len(group.without) for group in groups),
        "year": asked.year,
        "periods": [(year, f"?{asked.query(year)}#time", year == asked.year) for year in [None, *counts.days.years]],
        "charts": charts(steps, by_weeks=bool(asked.year)),
        "steps": steps,
        "earlier": counts.days.before(steps[0].first),
        "later": counts.days.after(steps[-1].last),
    }


def charts(steps: list[Step], *, by_weeks: bool) -> list[Chart]:
    """Return how many started in each step, and how many were in force at its end."""
    started, in_force = [step.started for step in steps], [step.in_force for step in steps]
    name = _("Measures that started, by week") if by_weeks else _("Measures that started, by month")
    most = max(steps, key=lambda step: step.started)
    said = _("Most started in the time from %(day)s: %(count)d.")
    description = said % {"day": date_format(most.first, "j F Y"), "count": most.started}
    now = _("%(count)d at the end of the time shown, %(most)d at most.")
    held = now % {"count": in_force[-1], "most": max(in_force)}
    years = [] if by_weeks else [number for number, step in enumerate(steps) if step.first.month == 1]
    marks = years if len(years) > 1 else []
    labels = [date_format(step.first, "j M Y" if by_weeks else "Y" if marks else "M Y") for step in steps]
    return [
        Chart("started", name, description, labels, [Series(_("Started"), started)], marks=marks),
        Chart(
            "in-force",
            _("Measures in force"),
            held,
            labels,
            [Series(_("In force"), in_force)],
            is_line=True,
            marks=marks,
        ),
    ]


@for_scripts
def statistics_csv(request: HttpRequest, table: str) -> HttpResponseBase:
    """One table as a file, to be kept by anybody for a minute and asked again by its ETag."""
    asked = Asked.of(request)
    text = csv_text(asked.rows(table), for_excel=request.GET.get("variant") == EXCEL)
    answer = kept_by_anybody(request, text, lambda: HttpResponse(text, content_type="text/csv; charset=utf-8"))
    answer["X-Robots-Tag"] = "noindex"
    if answer.status_code == 200:
        name = file_name(asked.filter, f"statistics-{table}", "csv")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return with_left_out(answer, asked.filter)
