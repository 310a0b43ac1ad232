"""Up to four countries or territories side by side: what there is for each of them on each theme, and what is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countries.models import Country
from countrymap.lines import list_url
from countrymap.places import compare_url
from countrymap.sheets import Sheet
from initiatives.finding import Index
from initiatives.models import Initiative
from initiatives.vocabulary import MeasureStatus, Theme

MOST, TITLES = 4, 2  # countries side by side, titles in each cell


@dataclass(frozen=True)
class Choice:
    """Whom an address asks to compare: up to four, those beyond, and what nobody knows."""

    chosen: Sequence[Country]
    beyond: Sequence[Country]

    @property
    def codes(self) -> list[str]:
        return [country.iso2 for country in self.chosen]

    @property
    def query(self) -> str:
        return self.url.partition("?")[2]

    @property
    def url(self) -> str:
        return compare_url(*self.codes)

    @property
    def is_full(self) -> bool:
        return len(self.chosen) == MOST

    def columns(self) -> list[tuple[Country, str]]:
        """Each of the chosen, and the address of the comparison without it."""
        return [(one, compare_url(*(code for code in self.codes if code != one.iso2))) for one in self.chosen]

    def instead(self) -> list[tuple[Country, str]]:
        """Each of those beyond, and the address that shows it in place of the last of the chosen."""
        return [(one, compare_url(*self.codes[:-1], one.iso2)) for one in self.beyond]


def choice_of(codes: Sequence[str], countries: Mapping[str, Country]) -> Choice:
    """Return the choice of `codes`, which all exist, in their order."""
    found = [countries[code] for code in codes]
    return Choice(found[:MOST], found[MOST:])


@dataclass(frozen=True)
class Cell:
    """What there is for one country in one row."""

    country: Country
    count: int
    url: str
    titles: Sequence[Initiative] = ()

    @property
    def more(self) -> int:
        return self.count - len(self.titles)


@dataclass(frozen=True)
class Row:
    label: Any
    cells: Sequence[Cell]
    none: Any = gettext_lazy("none recorded")  # what stands in an empty cell

    @property
    def is_empty(self) -> bool:
        return not any(cell.count for cell in self.cells)


def rows_for(index: Index, countries: Sequence[Country]) -> list[Row]:
    """Return a row for all, one for what is in force, and one for each theme. One query, for the titles."""
    sheets = {country.iso2: Sheet(index, "country", country.iso2) for country in countries}
    titles = _newest(sheets)

    def cell(country: Country, theme: str) -> Cell:
        count, url = sheets[country.iso2].themes.get(theme, 0), list_url(country=country.iso2, theme=theme)
        return Cell(country, count, url, titles.get((country.iso2, theme), ()))

    return [
        Row(_("All themes"), [Cell(one, sheets[one.iso2].total, list_url(country=one.iso2)) for one in countries]),
        Row(_("In force today"), [_in_force(one, sheets[one.iso2]) for one in countries], _("none known")),
        *(Row(theme.label, [cell(one, theme.value) for one in countries]) for theme in Theme),
    ]


def _newest(sheets: Mapping[str, Sheet]) -> dict[tuple[str, str], list[Initiative]]:
    """Return the newest initiatives by country and theme. One query."""
    found = {(code, theme): sheet.newest(theme, TITLES) for code, sheet in sheets.items() for theme in sheet.themes}
    rows = (
        Initiative.objects.public().only("title", "language", "reference", "slug").in_bulk(set().union(*found.values()))
    )
    return {place: [rows[number] for number in numbers if number in rows] for place, numbers in found.items()}


def _in_force(country: Country, sheet: Sheet) -> Cell:
    return Cell(country, sheet.in_force, list_url(country=country.iso2, status=MeasureStatus.IN_FORCE.value))


def examples(busiest: Sequence[Country]) -> list[tuple[str, str]]:
    """Return pairs to begin with, of the countries that have most: words and address."""
    pairs = zip(busiest[::2], busiest[1::2], strict=False)
    words = _("%(one)s and %(other)s")
    return [(words % {"one": one.name, "other": other.name}, compare_url(one.iso2, other.iso2)) for one, other in pairs]
