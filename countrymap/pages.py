"""What the map's pages show: rows of the table, links of the drawing, the data of the script."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.text import fold
from countries.models import Region
from countrymap.classes import breaks_for
from countrymap.drawing import Link
from countrymap.leads import Leads
from countrymap.numbers import Numbers
from countrymap.places import country_url
from countrymap.shapes import world

ORDERS = ("-count", "count", "name", "-name")  # the first is the default


@dataclass(frozen=True)
class Row:
    """A country or territory in the table."""

    iso2: str
    name: str
    count: int
    url: str

    @property
    def words(self) -> str:
        phrase = ngettext("%(country)s: %(count)d initiative", "%(country)s: %(count)d initiatives", self.count)
        return phrase % {"country": self.name, "count": self.count}


def rows_for(numbers: Numbers, names: Mapping[str, str], leads: Leads, order: str = ORDERS[0]) -> list[Row]:
    """The countries that have any, in one of ORDERS; equal counts by name."""
    rows = [Row(iso2, names[iso2], n, leads.country(iso2)) for iso2, n in numbers.countries.items()]
    rows.sort(key=lambda row: fold(row.name), reverse=order == "-name")
    if order.endswith("count"):
        rows.sort(key=lambda row: row.count, reverse=order == "-count")
    return rows


def links_for(rows: Iterable[Row], names: Mapping[str, str]) -> dict[str, Link]:
    """Where the drawing leads: its coloured shapes, and the symbols of all, those of none to the country's page."""
    words = _("%(country)s: none recorded")
    small = {
        code: Link(country_url(code), words % {"country": names[code]}) for code in world().symbols if code in names
    }
    return small | {row.iso2: Link(row.url, row.words) for row in rows}


def region_labels(numbers: Numbers) -> list[tuple[str, int]]:
    """The regions that have regional initiatives, by name."""
    return [(str(Region(code).label), n) for code, n in numbers.regions.items()]


def world_label(numbers: Numbers) -> str:
    """What the drawing shows, in words: its accessible name."""
    named = len(numbers.countries)
    return ngettext(
        "Map of the world: %(count)d country or territory has initiatives.",
        "Map of the world: %(count)d countries and territories have initiatives.",
        named,
    ) % {"count": named}


def payload(numbers: Numbers, ignored: Mapping[str, list[str]]) -> str:
    """The numbers as canonical JSON, and what was asked for and is not known: equal filters give equal bytes."""
    value = {
        "breaks": breaks_for(numbers.countries.values()),
        "counts": numbers.countries,
        "ignored": ignored,
        "regions": numbers.regions,
        "totals": {
            "countries": len(numbers.countries),
            "global": numbers.worldwide,
            "initiatives": numbers.initiatives,
            "regional": numbers.regional,
        },
    }
    # What was typed may look like a tag: whoever reads JSON as a page finds none.
    return json.dumps(value, separators=(",", ":"), sort_keys=True).replace("<", r"\u003c")


def orders(current: str) -> Iterator[tuple[str, str, str]]:
    """For each column: its name, how it is sorted now, if it is, and the order that its heading asks for."""
    for column, first in (("name", "name"), ("count", "-count")):
        other = column if first.startswith("-") else f"-{column}"
        state = "" if current.lstrip("-") != column else "descending" if current.startswith("-") else "ascending"
        yield column, state, other if current == first else first


def said_order(order: str) -> str:
    """The order as an address says it: the default goes without saying."""
    return "" if order == ORDERS[0] else order
