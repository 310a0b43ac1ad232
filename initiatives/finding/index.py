"""The index: for each code of each facet, the set of public initiatives that have it."""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from django.db import connection
from pyroaring import BitMap

from countries.models import Country, Region
from initiatives import status
from initiatives.changes import NONE
from initiatives.finding.loading import NEVER, Entry, entries
from initiatives.vocabulary import PILLAR_OF, EndKind, InitiativeStatus, MeasureStatus, Pillar

GROUPS = ("ldc", "lldc", "sids")
BY_WAY = {"regions", "groups", "pillars", "years"}  # what facets say by way of others
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
        return cls._of(entries())

    @classmethod
    def _of(cls, found: Iterable[Entry]) -> "Index":
        codes, labels = {}, {}
        for facet, code, label, numbers in found:
            sets = codes.setdefault(facet, {})
            sets[code] = sets.get(code, NOTHING) | BitMap(numbers)
            if label:
                labels[facet, code] = label
        return cls(codes, labels)

    def renewed(self, changed: Iterable[int]) -> "Index":
        """Return the index with what is now true of the initiatives with these numbers.

        What was made of the sets says of each initiative something of its own, so it is patched as they are.
        """
        gone = BitMap(changed)
        news = Index._of(entries(gone))
        facets = {**self.codes, **news.codes}
        codes = {facet: _patched(self.codes.get(facet, {}), gone, news.codes.get(facet, {})) for facet in facets}
        index = Index({facet: _without_empty(sets) for facet, sets in codes.items()}, {**self.labels, **news.labels})
        if "countries" in self.__dict__ and NONE not in gone:  # a change of a country is told otherwise
            index.countries = news.countries = self.countries
            for name in BY_WAY & self.__dict__.keys():
                setattr(index, name, _patched(getattr(self, name), gone, getattr(news, name)))
        index._months = {
            facet: dict(sorted(_without_empty(_patched(months, gone, news.months(facet))).items()))
            for facet, months in self._months.copy().items()
        }
        index._statuses = {on: _patched(sets, gone, news.statuses(on)) for on, sets in self._statuses.copy().items()}
        for key, kept in self._kept.copy().items():  # other threads go on adding to it
            if kept.about is not None and kept.about not in gone:
                index.keep(key, *kept)
        return index

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
        return _gathered(4, self.months("starts").items())

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
            self._months[facet] = _gathered(7, zip(*self.days(facet), strict=True))
        return self._months[facet]

    def days_of(self, facet: str, month: str) -> tuple[list[str], list[BitMap]]:
        """Return the days of one month, the earliest first, and what has each of them."""
        days, found = self.days(facet)
        here = slice(bisect_left(days, month), bisect_left(days, f"{month}."))  # "." comes after "-"
        return days[here], found[here]

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


def _patched(sets: Mapping[str, BitMap], gone: BitMap, news: Mapping[str, BitMap]) -> dict[str, BitMap]:
    """Return the sets without what is gone, and with what is new; those that neither touches are the same ones."""
    left = {code: found - gone if found.intersect(gone) else found for code, found in sets.items()}
    return left | {code: left.get(code, NOTHING) | found for code, found in news.items() if found}


def _without_empty(sets: Mapping[str, BitMap]) -> dict[str, BitMap]:
    return {code: found for code, found in sets.items() if found}


def _gathered(letters: int, days: Iterable[tuple[str, BitMap]]) -> dict[str, BitMap]:
    """Return the sets of days, or of months, by the first letters of their names."""
    sets: dict[str, list[BitMap]] = {}
    for day, found in days:
        sets.setdefault(day[:letters], []).append(found)
    return {name: BitMap.union(*some) for name, some in sets.items()}
