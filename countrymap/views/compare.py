"""Countries and territories side by side."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from common.text import clean_line, fold
from countries.codes import iso2_of
from countries.models import Country
from countrymap import comparison, places
from countrymap.numbers import numbers_of
from countrymap.sheets import everything
from countrymap.views.parts import canonical
from initiatives import finding, left_out
from initiatives.finding import Index
from initiatives.kept import part

EXAMPLES_FROM = 6  # of the countries with most


class CompareView(TemplateView):
    """Up to four, by theme; with fewer than two it says how to begin."""

    template_name = "countrymap/compare.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        index = finding.current()
        codes, unknown = asked_for(self.request, index.countries)
        choice = comparison.choice_of(codes, index.countries)
        rest = [country for code, country in index.countries.items() if code not in codes]
        return super().get_context_data(
            **kwargs,
            choice=choice,
            unknown=unknown,
            table=compared(index, choice) if choice.chosen else "",
            offered=sorted(rest, key=lambda country: fold(country.name)),
            examples=[] if choice.chosen else examples(index),
            crumbs=[(_("Countries and territories"), reverse("countrymap:countries")), (_("Compare"), "")],
            canonical=canonical(reverse("countrymap:compare")),
            printed=canonical(choice.url),
        )


def compared(index: Index, choice: comparison.Choice) -> SafeString:
    """Return the table of those chosen."""

    def context() -> dict[str, Any]:
        return {"choice": choice, "rows": comparison.rows_for(index, choice.chosen)}

    return part(index, "countrymap/_compare_table.html", context, *choice.codes)


def examples(index: Index) -> list[tuple[str, str]]:
    """Return pairs of those that have most."""
    found = places.places_of(numbers_of(everything(index)), index.countries.values())
    return comparison.examples([place.country for place in places.most_first(found)[:EXAMPLES_FROM]])


def asked_for(request: HttpRequest, countries: Mapping[str, Country]) -> tuple[list[str], list[str]]:
    """Return the codes of the address that exist, each once, and what of it nobody knows, shortened."""
    given = [value for value in request.GET.getlist("country") if value.strip()]
    codes = [iso2_of(value) for value in given]
    known = [code for code in dict.fromkeys(codes) if code in countries]
    unknown = [value for value, code in zip(given, codes, strict=True) if code not in countries]
    shown = [clean_line(value)[: left_out.LENGTH] or "…" for value in dict.fromkeys(unknown)]
    return known, shown[: left_out.SHOWN]
