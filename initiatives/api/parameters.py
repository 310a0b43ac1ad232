"""The filters of the list as parameters of the API: the same names, codes and meaning; but nothing is ignored here."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import Filter

from common.api.parameters import Parameter
from common.api.problems import Fault
from common.dates import EARLIEST_YEAR, LATEST_YEAR
from countries.services import read_source
from initiatives.filter_fields import (
    QUERY_MAX,
    CollectionFilter,
    CountryFilter,
    DayFilter,
    OrganisationFilter,
    PartialDateFilter,
    TagFilter,
)
from initiatives.filters import InitiativeFilter

ONE_VALUE = ("q", "in_force_on", "starts_after", "starts_before", "archived", "sort")
_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_YEAR = "(199[0-9]|20[0-9]{2}|2100)"
NOTES = {
    "q": gettext_lazy(
        "Words to look for in six languages, with “phrases” in quotation marks and -words to leave out; up to 200 "
        "characters."
    ),
    "region": gettext_lazy("What names a country of the region, or the region itself."),
    "country": gettext_lazy(
        "ISO 3166-1 alpha-2; alpha-3 is understood too. What names the country or territory; see /countries/."
    ),
    "group": gettext_lazy("What names a country of the group: ldc, lldc or sids."),
    "theme": gettext_lazy("As its main or as a further theme; see /themes/."),
    "pillar": gettext_lazy("What has a theme of the pillar."),
    "measure": gettext_lazy("Type of measure; see /themes/."),
    "stakeholder": gettext_lazy("Type of the organisation when it was published."),
    "organisation": gettext_lazy("Number of the organisation; see /organisations/."),
    "status": gettext_lazy("Computed for today."),
    "in_force_on": gettext_lazy("What was, or will be, in force on this day."),
    "starts_after": gettext_lazy("A day, a month or a year, which is included."),
    "starts_before": gettext_lazy("A day, a month or a year, which is included."),
    "year": gettext_lazy("Year of the start."),
    "collection": gettext_lazy("The call that it answers, by its slug; see /collections/."),
    "instrument": gettext_lazy("By what kind of instrument."),
    "compliance": gettext_lazy("Whether those concerned must follow it."),
    "phase": gettext_lazy("Phase of the crisis."),
    "language": gettext_lazy("Language of the text."),
    "tag": gettext_lazy("The tag as it stands in addresses."),
    "mark": gettext_lazy("How far it can be trusted."),
    "archived": gettext_lazy("1 adds what is kept for the record only."),
    "sort": gettext_lazy("Usually “relevance” with q and “newest” without; “relevance” needs q."),
}
# Of nothing that one portal has and another has not, for pages to try the API fill them in and would be refused.
EXAMPLES = {
    "q": "spectrum",
    "country": "KE",
    "in_force_on": "2020-06-01",
    "starts_after": "2020-03",
    "starts_before": "2020",
}


@cache
def country_codes() -> list[str]:
    """Return ISO alpha-2 of every country and territory, as the portal's own file lists them. No query."""
    return [country.iso2 for country in read_source()]


def parameter_of(name: str, filter_: Filter) -> Parameter:
    """Return a filter of the list as a parameter."""
    words = f"{filter_.label}. {NOTES[name]}"
    return Parameter(name, _schema(name, filter_), words, EXAMPLES.get(name), many=name not in ONE_VALUE)


def _schema(name: str, filter_: Filter) -> dict[str, Any]:
    if isinstance(filter_, DayFilter):
        return {"type": "string", "format": "date", "pattern": f"^{_YEAR}-{_MONTH}-{_DAY}$"}
    if isinstance(filter_, PartialDateFilter):
        return {"type": "string", "pattern": f"^{_YEAR}(-{_MONTH}(-{_DAY})?)?$"}
    if isinstance(filter_, CountryFilter):
        return {"type": "string", "enum": country_codes()}
    if isinstance(filter_, OrganisationFilter):
        return {"type": "integer", "minimum": 1}
    if isinstance(filter_, CollectionFilter | TagFilter):
        return {"type": "string", "minLength": 1}
    if name == "q":
        return {"type": "string", "minLength": 1, "maxLength": QUERY_MAX}
    return {"type": "string", "enum": [str(code) for code, _label in filter_.extra["choices"]]}


FILTERS = tuple(parameter_of(name, filter_) for name, filter_ in InitiativeFilter.base_filters.items())


def filter_of(request: HttpRequest, faults: list[Fault]) -> InitiativeFilter:
    """Return the filter that the address asks for; whatever the list's page would ignore is a fault."""
    chosen = InitiativeFilter(request.GET)
    chosen.form.is_valid()  # the fields remember what they did not know while they are cleaned
    for name in [name for name in chosen.form.fields if name != "q"]:
        unknown = getattr(chosen.form.fields[name], "ignored", ())
        faults += [Fault(name, _unknown(name), value) for value in unknown if value.strip()]
    words = request.GET.get("q", "")
    if len(words) > QUERY_MAX or (words.strip() and not chosen.matches):
        faults.append(Fault("q", _("Words to look for, in up to %(most)d characters.") % {"most": QUERY_MAX}, words))
    return chosen


def _unknown(name: str) -> str:
    if name == "in_force_on":
        return _("A day from %(first)d to %(last)d, as 2020-03-23.") % {"first": EARLIEST_YEAR, "last": LATEST_YEAR}
    if name in ("starts_after", "starts_before"):
        return _("A day, a month or a year, as 2020-03-23, 2020-03 or 2020.")
    return _("It is not known.")
