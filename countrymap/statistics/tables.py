"""The tables of the statistics: the same lines for the page and for the file, each with the list that it counts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import StakeholderType
from countries.models import Region
from countrymap.lines import Line, lines
from countrymap.statistics.counts import Counts
from initiatives.filters import InitiativeFilter
from initiatives.vocabulary import Instrument, Mark, MeasureStatus, Theme

MANY = ("theme", "region")  # of which an initiative may have several
CHECKS = (Mark.CONFIRMED, Mark.SOURCE_SEEN, Mark.NOT_CHECKED)
Entry = tuple[str, Any, int]  # code, label, number
# How each table counts.
NOTES = {
    "themes": gettext_lazy(
        "An initiative counts for its theme and for each of its further themes, so the sum may exceed the total."
    ),
    "regions": gettext_lazy(
        "A region counts what names one of its countries or territories, or the region itself, each once. What names "
        "several regions counts in each; global ones in none."
    ),
    "stakeholders": gettext_lazy("The type of the organisation that each came from; each counts once."),
    "instruments": gettext_lazy("Each counts once. What was compiled from public sources often states none."),
    "statuses": gettext_lazy(
        "Worked out from the dates; each counts once. Where no end was announced, a measure counts as in force for 12 "
        "months after its start or last confirmation, then as not known."
    ),
    "checks": gettext_lazy(
        "Not yet checked: compiled from public sources, and no moderator has looked at it. What was checked stays so "
        "when somebody contests it later; its page says so."
    ),
}


@dataclass(frozen=True)
class Table:
    """A table of the page: its name in addresses, what it counts by, how it is counted, and its lines."""

    name: str
    title: Any
    heading: Any
    note: Any
    lines: list[Line]


def tables(counts: Counts, found: InitiativeFilter) -> list[Table]:
    """Return what is counted by one code, in the order of the page."""
    return [
        _table("themes", _("By theme"), _("Theme"), _most(Theme, counts.themes), _to(found, "theme")),
        _table("regions", _("By ITU region"), _("Region"), _regions(counts), _to(found, "region")),
        _table(
            "stakeholders",
            _("By stakeholder type"),
            _("Stakeholder type"),
            _most(StakeholderType, counts.stakeholders),
            _to(found, "stakeholder"),
        ),
        _table(
            "instruments",
            _("By instrument"),
            _("Instrument"),
            _most(Instrument, counts.instruments),
            _to(found, "instrument"),
        ),
        _table(
            "statuses",
            _("By status of the measure today"),
            _("Status"),
            _all(MeasureStatus, counts.statuses),
            _to(found, "status"),
        ),
        _table("checks", _("Checked by people"), _("What was checked"), _all(CHECKS, counts.checks), lambda _code: ""),
    ]


def _table(name: str, title, heading, entries: list[Entry], url: Callable[[str], str]) -> Table:
    return Table(name, title, heading, NOTES[name], lines(entries, url))


def _all(codes: Iterable[Any], counts: Mapping[str, int]) -> list[Entry]:
    return [(code.value, code.label, counts.get(code.value, 0)) for code in codes]


def _most(codes: Iterable[Any], counts: Mapping[str, int]) -> list[Entry]:
    """All of them, those with most first."""
    return sorted(_all(codes, counts), key=lambda entry: -entry[2])


def _regions(counts: Counts) -> list[Entry]:
    """The regions, and what is for the whole world, which no filter of the list asks for alone."""
    return [*_all(Region, counts.regions), ("", _("Global"), counts.numbers.worldwide)]


def _to(found: InitiativeFilter, parameter: str) -> Callable[[str], str]:
    """Return what leads from a line to the list of exactly what it counts; empty where no address asks for that.

    An address with two themes means one or the other: that both are meant cannot be said.
    """

    def url(code: str) -> str:
        others = set(found.chosen.get(parameter, ())) - {code}
        if not code or (parameter in MANY and others):
            return ""
        return f"{reverse('initiatives:list')}?{found.canonical_query(sort='', **{parameter: code})}"

    return url
