"""What search engines should know: initiatives, the pages that gather them, pages of words.

Long sections are cut by ranges of numbers and not by position, so the last part costs as little as the first: part 3 of
the initiatives holds those with numbers from 10,001 to 15,000, as many of them as are public.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.urls import reverse

from accounts.models import Organisation
from countries.models import Country, Region
from forum.models import Board, Topic
from initiatives.addresses import collection_url, organisation_url, pillar_url, theme_url
from initiatives.gathering import known_tags
from initiatives.models import Collection, Initiative
from initiatives.vocabulary import Pillar, Theme

PART = 5_000  # numbers in a part
MOST = 50_000  # addresses that the protocol allows in a file
PAGES = (
    *("portal:home", "initiatives:list", "countrymap:map", "countrymap:countries", "countrymap:statistics"),
    *("initiatives:themes", "initiatives:pillars", "initiatives:collections", "initiatives:organisations"),
    *(
        "initiatives:tags",
        "initiatives:data",
        "api:docs",
        "forum:index",
        "portal:about",
        "portal:accessibility",
        "portal:privacy",
    ),
)


class Address(NamedTuple):
    """A path, and when what is there changed, where that is known."""

    path: str
    changed_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Section:
    """Addresses that fit into one file."""

    addresses: Callable[[], Iterator[Address]]

    def parts(self) -> dict[int, datetime.datetime | None]:
        return {1: None}

    def part(self, number: int) -> list[Address]:
        return list(self.addresses()) if number == 1 else []


@dataclass(frozen=True)
class Rows:
    """Rows of a table, in parts by their numbers."""

    rows: Callable[[], QuerySet]
    address: Callable[..., Address]
    changed_at: str = ""  # the column

    def parts(self) -> dict[int, datetime.datetime | None]:
        """Return the parts that hold any, with the newest change in each. One query."""
        part = (F("pk") - 1) / PART + 1
        found = self.rows().order_by().annotate(part=part).values_list("part")
        newest = Max(self.changed_at or "pk")
        return {number: at if self.changed_at else None for number, at in found.annotate(newest).order_by("part")}

    def part(self, number: int) -> list[Address]:
        """Return the addresses of a part. One query."""
        rows = self.rows().filter(pk__gt=(number - 1) * PART, pk__lte=number * PART).order_by("pk")
        return [self.address(row) for row in rows]


def pages() -> Iterator[Address]:
    return (Address(reverse(name)) for name in PAGES)


def countries() -> Iterator[Address]:
    for iso2 in Country.objects.order_by("pk").values_list("pk", flat=True):
        yield Address(reverse("countrymap:country", args=[iso2]))


def regions() -> Iterator[Address]:
    return (Address(reverse("countrymap:region", args=[code])) for code in Region.values)


def themes() -> Iterator[Address]:
    yield from (Address(theme_url(theme)) for theme in Theme)
    yield from (Address(pillar_url(pillar)) for pillar in Pillar)
    yield from (Address(collection_url(slug)) for slug in Collection.objects.values_list("slug", flat=True))


def tags() -> Iterator[Address]:
    return (Address(tag.url) for tag in known_tags()[:MOST])


def organisations() -> QuerySet[Organisation]:
    """Those with something published: the page of another one has nothing to be found."""
    published = Initiative.objects.public().filter(organisation=OuterRef("pk"))
    return Organisation.objects.accepted().filter(Exists(published)).only("name", "accepted_at", "merged_into")


def boards() -> Iterator[Address]:
    return (Address(board.get_absolute_url()) for board in Board.objects.public())


def topics() -> QuerySet[Topic]:
    return Topic.objects.public().only("slug", "changed_at")


def initiatives() -> QuerySet[Initiative]:
    return Initiative.objects.public().only("reference", "slug", "changed_at")


SECTIONS: dict[str, Section | Rows] = {
    "pages": Section(pages),
    "themes": Section(themes),
    "countries": Section(countries),
    "regions": Section(regions),
    "tags": Section(tags),
    "organisations": Rows(organisations, lambda row: Address(organisation_url(row))),
    "initiatives": Rows(initiatives, lambda row: Address(row.get_absolute_url(), row.changed_at), "changed_at"),
    "boards": Section(boards),
    "topics": Rows(topics, lambda row: Address(row.get_absolute_url(), row.changed_at), "changed_at"),
}


def index() -> Iterator[Address]:
    """Return the addresses of all parts of all sections."""
    for name, section in SECTIONS.items():
        for number, changed_at in section.parts().items():
            yield Address(reverse("portal:sitemap-section", args=[part_name(name, number)]), changed_at)


def part_name(section: str, number: int) -> str:
    return section if number == 1 else f"{section}-{number}"


def addresses_of(part: str) -> list[Address] | None:
    """Return what the part `initiatives-3` lists; None where there is no such section or part."""
    name, dash, number = part.partition("-")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10 and not number.startswith("0")
    if name not in SECTIONS or (dash and not (is_number and number != "1")):
        return None
    found = SECTIONS[name].part(int(number) if dash else 1)
    return found if found or not dash else None
