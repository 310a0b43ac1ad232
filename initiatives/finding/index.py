"""The index: for each code of each facet, the set of public initiatives that have it."""

import datetime
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from django.db import connection
from pyroaring import BitMap

from countries.models import Country, Region
from initiatives import status
from initiatives.finding.loading import NEVER, Entry, entries
from initiatives.vocabulary import PILLAR_OF, EndKind, InitiativeStatus, MeasureStatus, Pillar

GROUPS = ("ldc", "lldc", "sids")
NOTHING = BitMap()
KEPT_MAX = 4_000_000  # characters
DAYS_KEPT = 4  # statuses are computed for a day; those of some days are kept


class Kept(NamedTuple):
    text: str
    about: int | None


class Index:
    """Sets of the numbers of published and archived initiatives. It never changes: news make another one.

    What both have in common they share, so another one costs little, and whoever reads needs no lock.
    """

    def __init__(self, codes: Mapping[str, dict[str, BitMap]], labels: Mapping[tuple[str, str], str]) -> None:
        self.codes, self.labels = codes, labels
        self._statuses: dict[datetime.date, dict[str, BitMap]] = {}
        self._days: dict[str, tuple[list[str], list[BitMap]]] = {}
        self._months: dict[str, dict[str, BitMap]] = {}
        self._kept: dict[Hashable, Kept] = {}
        self._kept_size = 0  # characters

    @classmethod
    def load(cls) -> "Index":
        return cls({}, {})._with(entries())

    def renewed(self, changed: Iterable[int]) -> "Index":
        """Return the index with what is now true of the initiatives with these numbers."""
        gone = BitMap(changed)
        rest = {facet: _without(sets, gone) for facet, sets in self.codes.items()}
        index = Index(rest, self.labels)._with(entries(gone))
        for key, kept in self._kept.copy().items():  # other threads go on adding to it
            if kept.about is not None and kept.about not in gone:
                index.keep(key, *kept)
        return index

    def _with(self, added: Iterable[Entry]) -> "Index":
        codes, labels = {facet: dict(sets) for facet, sets in self.codes.items()}, dict(self.labels)
        for facet, code, label, numbers in added:
            sets = codes.setdefault(facet, {})
            sets[code] = sets.get(code, NOTHING) | BitMap(numbers)
            if label:
                labels[facet, code] = label
        return Index(codes, labels)

    def of(self, facet: str, code: str) -> BitMap:
        return self.codes.get(facet, {}).get(code, NOTHING)

    def any_of(self, facet: str, codes: Iterable[str]) -> BitMap:
        return BitMap.union(NOTHING, *(self.of(facet, code) for code in codes))

    # What the tables say by way of other things

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Every country and territory by its code. One query."""
        return {country.iso2: country for country in Country.objects.all()}

    @cached_property
    def regions(self) -> dict[str, BitMap]:
        """What names a country of the region, or the region itself."""
        named = {region: [c.iso2 for c in self.countries.values() if c.region == region] for region in Region.values}
        return {
            region: self.any_of("country", countries) | self.of("whole region", region)
            for region, countries in named.items()
        }

    @cached_property
    def groups(self) -> dict[str, BitMap]:
        """What names a country of the group."""
        return {
            group: self.any_of("country", (c.iso2 for c in self.countries.values() if getattr(c, group)))
            for group in GROUPS
        }

    @cached_property
    def pillars(self) -> dict[str, BitMap]:
        """What has a theme of the pillar, first or further."""
        return {
            pillar: self.any_of("theme", (theme for theme, its in PILLAR_OF.items() if its == pillar))
            for pillar in Pillar.values
        }

    @cached_property
    def years(self) -> dict[str, BitMap]:
        """What starts in the year."""
        days: dict[str, list[BitMap]] = {}
        for day, found in self.codes.get("starts", {}).items():
            days.setdefault(day[:4], []).append(found)
        return {year: BitMap.union(*sets) for year, sets in days.items() if year}

    def facet(self, name: str, on: datetime.date) -> Mapping[str, BitMap]:
        """Return the sets of a facet by code, named as the parameter of an address; statuses are those of day `on`."""
        if name == "status":
            return self.statuses(on)
        made = {"region": "regions", "group": "groups", "pillar": "pillars", "year": "years"}
        return getattr(self, made[name]) if name in made else self.codes.get(name, {})

    @property
    def published(self) -> BitMap:
        return self.of("state", InitiativeStatus.PUBLISHED)

    @cached_property
    def public(self) -> BitMap:
        """What is published, and what is kept for the record."""
        return self.published | self.of("state", InitiativeStatus.ARCHIVED)

    # Days

    def days(self, facet: str) -> tuple[list[str], list[BitMap]]:
        """Return the days of a facet, the earliest first, and what has each of them."""
        if facet not in self._days:
            sets = self.codes.get(facet, {})
            days = sorted(day for day in sets if day not in ("", NEVER))
            self._days[facet] = days, [sets[day] for day in days]
        return self._days[facet]

    def months(self, facet: str) -> dict[str, BitMap]:
        """Return what has a day in each month (2020-03), the earliest first."""
        if facet not in self._months:
            days: dict[str, list[BitMap]] = {}
            for day, found in zip(*self.days(facet), strict=True):
                days.setdefault(day[:7], []).append(found)
            self._months[facet] = {month: BitMap.union(*sets) for month, sets in days.items()}
        return self._months[facet]

    def until(self, facet: str, day: datetime.date) -> BitMap:
        """What has a day there, and none later than `day`."""
        days, found = self.days(facet)
        return BitMap.union(NOTHING, *found[: bisect_right(days, day.isoformat())])

    def after(self, facet: str, day: datetime.date) -> BitMap:
        """What has a later day there than `day`."""
        days, found = self.days(facet)
        return BitMap.union(NOTHING, *found[bisect_right(days, day.isoformat()) :])

    def statuses(self, on: datetime.date) -> dict[str, BitMap]:
        """Return what has each status of the measure on day `on`: the rule of `initiatives.status`, in sets."""
        known = self._statuses.get(on)
        if known is None:
            if len(self._statuses) >= DAYS_KEPT:
                self._statuses = {}
            known = self._statuses[on] = self._statuses_on(on)
        return known

    def _statuses_on(self, on: datetime.date) -> dict[str, BitMap]:
        declared = (MeasureStatus.ENDED, MeasureStatus.REVOKED)
        ended, revoked = (self.until(facet, on) | self.of(facet, "") for facet in declared)
        going = self.public - ended - revoked
        announced = going & self.after("starts", on)
        started = going - announced
        over = self.until("ends", on - datetime.timedelta(days=1))
        vague = started & self.of("end", EndKind.NOT_ANNOUNCED)
        recent = vague & self.after("confirmed", status.confirmation_horizon(on))
        return {
            MeasureStatus.ANNOUNCED: announced,
            MeasureStatus.IN_FORCE: started - over - (vague - recent),
            MeasureStatus.ENDED: ended | (started & over),
            MeasureStatus.REVOKED: revoked,
            MeasureStatus.NOT_KNOWN: vague - recent,
        }

    # What was made of it

    def recall(self, key: Hashable) -> str | None:
        kept = self._kept.get(key)
        return kept.text if kept else None

    def keep(self, key: Hashable, text: str, about: int | None = None) -> str:
        """Keep a text that was made of what is public, and return it: until the next news, which make another index.

        What is `about` one initiative alone is kept until that one changes.
        """
        if self._kept_size > KEPT_MAX:
            self.forget_texts()
        self._kept[key] = Kept(text, about)
        self._kept_size += len(text)
        return text

    def forget_texts(self) -> None:
        self._kept, self._kept_size = {}, 0

    # Orders that sets cannot give

    @cached_property
    def by_title(self) -> list[int]:
        """The numbers of all that is public in the order of their titles, which only the database knows. One query."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT array_agg(id ORDER BY title, id) FROM initiatives_initiative WHERE id = ANY(%s)",
                [list(self.public)],
            )
            return cursor.fetchone()[0] or []


def _without(sets: Mapping[str, BitMap], gone: BitMap) -> dict[str, BitMap]:
    """Return the sets without what is gone; those that it does not touch are the same ones, empty ones are left out."""
    left = ((code, found - gone if found.intersect(gone) else found) for code, found in sets.items())
    return {code: found for code, found in left if found}
