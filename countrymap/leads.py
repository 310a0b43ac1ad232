"""Where a map leads, whose filters are kept on the way."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from countrymap.places import country_url
from initiatives.filters import InitiativeFilter

ANY = "ZZ"  # stands for the code of a country: ISO will never give it to one


@dataclass(frozen=True)
class Leads:
    """Addresses for the filters of a map."""

    chosen: Mapping[str, list[str]]
    query: str

    @classmethod
    def of(cls, found: InitiativeFilter) -> "Leads":
        chosen = {name: values for name, values in found.chosen.items() if name != "sort"}
        return cls(chosen, found.canonical_query(sort=""))

    def list_for(self, iso2: str, **more: str) -> str:
        """The list of what is counted for a country; the country comes first in the address."""
        return reverse("initiatives:list", query={"country": iso2} | self._others | more)

    def country(self, iso2: str = ANY) -> str:
        """The page of a country where nothing is filtered, else the list of what is counted for it."""
        return self.list_for(iso2) if self._others else country_url(iso2)

    def panel(self, iso2: str = ANY) -> str:
        return self._with_query("panel", iso2)

    @property
    def whole_list(self) -> str:
        return reverse("initiatives:list") + (f"?{self.query}" if self.query else "")

    @property
    def numbers(self) -> str:
        return self._with_query("data")

    @property
    def svg(self) -> str:
        return self._with_query("svg")

    @property
    def png(self) -> str:
        return self._with_query("png")

    @property
    def embedded(self) -> str:
        """The address of the map alone, with the host: others write it into their pages."""
        return settings.SITE_URL + self._with_query("embed")

    @property
    def _others(self) -> dict[str, list[str]]:
        return {name: values for name, values in self.chosen.items() if name != "country"}

    def _with_query(self, name: str, *args: str) -> str:
        path = reverse(f"countrymap:{name}", args=args)
        return f"{path}?{self.query}" if self.query else path
