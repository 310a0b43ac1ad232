"""Countries and territories as pages show them: their facts, and lists of them with their counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from common.text import fold
from countries.models import Country, Region
from countrymap.numbers import Numbers

NEIGHBOURS_SHOWN = 12


def country_url(iso2: str) -> str:
    return reverse("countrymap:country", args=[iso2])


def region_url(code: str) -> str:
    return reverse("countrymap:region", args=[code])


def compare_url(*codes: str) -> str:
    return reverse("countrymap:compare", query={"country": codes} if codes else None)


def facts_of(country: Country) -> list[tuple[str, str, str]]:
    """What is known of a country or territory itself: label, value, and where the value leads, if anywhere."""
    groups = [
        (country.ldc, _("least developed country (LDC)")),
        (country.lldc, _("landlocked developing country (LLDC)")),
        (country.sids, _("small island developing state (SIDS)")),
    ]
    region = country.get_region_display() or _("none")
    facts = [
        (_("ITU region"), region, region_url(country.region) if country.region else ""),
        (_("Member state of ITU"), _("yes") if country.itu_member else _("no"), ""),
        (_("Group"), ", ".join(label for flag, label in groups if flag), ""),
        (_("ISO codes"), f"{country.iso2}, {country.iso3}, {country.m49}", ""),
    ]
    return [fact for fact in facts if fact[1]]


@dataclass(frozen=True)
class Place:
    """A country or territory, and how many initiatives name it."""

    country: Country
    count: int

    @property
    def url(self) -> str:
        return country_url(self.country.iso2)

    @property
    def words(self) -> str:
        return f"{self.country.name} ({self.count})" if self.count else self.country.name


def places_of(numbers: Numbers, countries: Iterable[Country]) -> list[Place]:
    """The countries and territories with their counts, by name."""
    ordered = sorted(countries, key=lambda country: fold(country.name))
    return [Place(country, numbers.countries.get(country.iso2, 0)) for country in ordered]


def most_first(places: Iterable[Place]) -> list[Place]:
    """Those that have any, most first; equal counts keep their order."""
    return sorted((place for place in places if place.count), key=lambda place: -place.count)


@dataclass(frozen=True)
class Group:
    """Countries and territories of one ITU region, or those of none."""

    code: str
    label: str
    places: list[Place]
    regional: int  # initiatives of the region as a whole

    @property
    def url(self) -> str:
        return region_url(self.code) if self.code else ""

    @property
    def named(self) -> int:
        return sum(1 for place in self.places if place.count)

    @property
    def members(self) -> list[Place]:
        """The member states of ITU among them."""
        return [place for place in self.places if place.country.itu_member]

    @property
    def territories(self) -> list[Place]:
        """Those that are no member states."""
        return [place for place in self.places if not place.country.itu_member]

    @property
    def covered(self) -> int:
        """How many of the member states have at least one initiative that names them."""
        return sum(1 for place in self.members if place.count)

    @property
    def without(self) -> list[Place]:
        """The member states that no initiative names."""
        return [place for place in self.members if not place.count]


def group_for(code: str, numbers: Numbers, countries: Iterable[Country]) -> Group:
    """The region `code`, or with an empty code what belongs to none; of `countries` those of other regions are left."""
    label = str(Region(code).label) if code else _("Other territories")
    here = [country for country in countries if country.region == code]
    return Group(code, label, places_of(numbers, here), numbers.regions.get(code, 0))


def groups_for(numbers: Numbers, countries: Iterable[Country]) -> list[Group]:
    """All countries and territories in groups by region, each group by name; those of no region last."""
    countries = list(countries)
    return [group_for(code, numbers, countries) for code in [*Region.values, ""]]
