"""Countries and territories, and ITU regions, with their counts by the counting rule of the map."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.api.pages import Page, envelope
from common.api.parameters import Parameter, codes_of
from common.api.problems import Fault, Problem
from common.api.shapes import part
from countries.codes import iso2_of
from countries.models import Country, Region
from countrymap.numbers import numbers_of
from countrymap.places import Group, country_url, groups_for, region_url
from countrymap.sheets import Sheet, everything
from initiatives import finding
from initiatives.api.addresses import found_url
from initiatives.api.fresh import PublicView
from initiatives.api.gathering import WholeListView
from initiatives.filters import GROUPS

GROUP = "Countries and regions"
NAMES = ("en", "fr", "es", "ar", "zh", "ru")
FLAGS = tuple(code for code, _label in GROUPS)


def country(row: Country, count: int) -> dict[str, Any]:
    """Return a country or territory, and how many initiatives count for it."""
    return {
        **{name: getattr(row, name) for name in ("iso2", "iso3", "m49")},
        "names": {language: getattr(row, f"name_{language}") for language in NAMES},
        "region": row.region or None,
        "itu_member": row.itu_member,
        "groups": [flag for flag in FLAGS if getattr(row, flag)],
        "latitude": row.latitude,
        "longitude": row.longitude,
        "initiatives": count,
        "url": settings.SITE_URL + country_url(row.iso2),
        "initiatives_url": found_url(country=row.iso2),
    }


class CountryListView(PublicView):
    name, group = "listCountries", GROUP
    summary = gettext_lazy("Countries and territories")
    about = gettext_lazy(
        "All 249 of ISO 3166-1 with the UN's names, on one page. National and several-country initiatives count once "
        "for each that they name; regional and global ones for none."
    )
    parameters = (
        Parameter(
            "region", {"type": "string", "enum": Region.values}, gettext_lazy("Its ITU region."), "AFR", many=True
        ),
        Parameter(
            "group", {"type": "string", "enum": list(FLAGS)}, gettext_lazy("One of its groups."), "sids", many=True
        ),
    )
    shape = part("CountryPage")

    def read(self, request: HttpRequest, faults: list[Fault], **kwargs: Any) -> dict[str, Any]:
        regions = codes_of(request.GET, "region", Region.values, faults)
        flags = codes_of(request.GET, "group", FLAGS, faults)
        self.refuse(faults)
        index = finding.current()
        counts = numbers_of(everything(index)).countries
        rows = [
            country(row, counts.get(row.iso2, 0))
            for row in sorted(index.countries.values(), key=lambda row: row.iso2)
            if (not regions or row.region in regions) and (not flags or any(getattr(row, flag) for flag in flags))
        ]
        return envelope(request, Page(len(rows), rows))


class CountryDetailView(PublicView):
    name, group = "getCountry", GROUP
    summary = gettext_lazy("One country or territory")
    about = gettext_lazy(
        "With how many initiatives that name it are in force, how many each theme has, "
        "and how many are of its region and of the world."
    )
    parameters = (
        Parameter(
            "iso2",
            {"type": "string", "pattern": "^[A-Z]{2}$"},
            gettext_lazy("ISO 3166-1 alpha-2; alpha-3 is understood too."),
            example="KE",
            place="path",
        ),
    )
    shape = part("CountryInFull")
    problems = ("not-found",)

    def read(self, request: HttpRequest, faults: list[Fault], *, iso2: str, **kwargs: Any) -> dict[str, Any]:
        self.refuse(faults)
        index = finding.current()
        row = index.countries.get(iso2_of(iso2))
        if row is None:
            raise Problem("not-found", _("There is no country or territory with this code."))
        numbers, sheet = numbers_of(everything(index)), Sheet(index, "country", row.iso2)
        return {
            **country(row, numbers.countries.get(row.iso2, 0)),
            "in_force": sheet.in_force,
            "themes": dict(sheet.themes),
            "regional": numbers.regions.get(row.region, 0),
            "worldwide": numbers.worldwide,
        }


class RegionListView(WholeListView):
    name, group = "listRegions", GROUP
    summary = gettext_lazy("ITU regions")
    about = gettext_lazy(
        "“initiatives” are those that name a country of the region, or the region itself, each once; “regional” those "
        "of the region as a whole."
    )
    shape = part("RegionPage")

    def rows(self) -> Iterable[dict[str, Any]]:
        index = finding.current()
        numbers = numbers_of(everything(index))
        for group in groups_for(numbers, index.countries.values())[:-1]:
            yield region(group, len(index.regions[group.code] & index.published))


def region(group: Group, count: int) -> dict[str, Any]:
    return {
        "code": group.code,
        "label": group.label,
        "countries": [place.country.iso2 for place in group.places],
        "member_states": len(group.members),
        "member_states_with_initiatives": group.covered,
        "initiatives": count,
        "regional": group.regional,
        "url": settings.SITE_URL + region_url(group.code),
        "initiatives_url": found_url(region=group.code),
    }
