"""Atom feeds (RFC 4287, paged by RFC 5005) of whatever the list's filters find: newest first, with late corrections.

An entry's `updated` is the day of its version, so a correction shows up in a feed reader. An old initiative that was
corrected lately stands in the first page too.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from common.text import clean
from initiatives.filters import InitiativeFilter
from initiatives.gathering import newest_of, rows_of
from initiatives.models import Initiative, InitiativeVersion
from initiatives.vocabulary import MEASURE_LABELS

PER_PAGE = 50
CORRECTED_AMONG = 500  # newest versions that are looked through for corrections of older initiatives
SINCE = "2026"  # the year from which on the portal's host answers for its tag: addresses; never to be changed
NEVER = datetime.datetime(2020, 3, 23, tzinfo=datetime.UTC)  # of a feed that has no entry yet


@dataclass(frozen=True)
class Entry:
    """An initiative in a feed; `updated` is when its current version was published."""

    initiative: Initiative
    updated: datetime.datetime

    @property
    def id(self) -> str:
        return tag_uri(self.initiative.reference)

    @property
    def link(self) -> str:
        return settings.SITE_URL + self.initiative.get_absolute_url()

    @property
    def published(self) -> datetime.datetime:
        midnight = datetime.time(tzinfo=datetime.UTC)
        return min(datetime.datetime.combine(self.initiative.published_on, midnight), self.updated)

    @property
    def language(self) -> str:
        return self.initiative.language_code or "und"

    @property
    def summary(self) -> str:
        """The summary as HTML, because plain text in Atom cannot say which way it runs."""
        words = clean(self.initiative.summary)
        return format_html('<p lang="{}" dir="{}">{}</p>', self.language, self.initiative.direction, words)

    @property
    def categories(self) -> Iterable[tuple[str, str, str]]:
        """Term, scheme and label of its themes, measure types and countries."""
        initiative = self.initiative
        for theme in initiative.themes:
            yield theme.value, scheme("themes"), theme.label
        for code in initiative.measure_types:
            yield code, scheme("measures"), MEASURE_LABELS.get(code, code)
        for country in initiative.countries.all():
            yield country.iso2, scheme("countries"), country.name


@dataclass(frozen=True)
class Feed:
    """One page of the feed of a filter."""

    found: InitiativeFilter
    page: int

    def context(self) -> dict[str, Any]:
        """Return what the template shows. Four queries, five on the first page, whatever the number of entries."""
        rows = newest_of(self.found.found, (self.page - 1) * PER_PAGE, PER_PAGE + 1)
        more, rows = len(rows) > PER_PAGE, rows[:PER_PAGE]
        if self.page == 1 and more:
            rows += self._corrected_lately({row.pk for row in rows})
        entries = sorted(_entries(rows), key=lambda entry: entry.updated, reverse=True)
        return {
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "id": tag_uri("initiatives" + (f"?{self.query}" if self.query else "")),
            "title": self.title,
            "left_out": self.left_out,
            "entries": entries,
            "updated": entries[0].updated if entries else NEVER,
            "self": self._address(self.page),
            "first": self._address(1),
            "previous": self._address(self.page - 1) if self.page > 1 else "",
            "next": self._address(self.page + 1) if more else "",
            "list": settings.SITE_URL + reverse("initiatives:list") + (f"?{self.query}" if self.query else ""),
        }

    @property
    def query(self) -> str:
        return self.found.canonical_query(sort="")

    @property
    def title(self) -> str:
        chosen = "; ".join(clean(str(chip.label)) for chip in self.found.chips())
        return _("Initiatives – %(chosen)s") % {"chosen": chosen} if chosen else _("Initiatives")

    @property
    def left_out(self) -> str:
        """What of the address nobody knows, as it stands there."""
        return "; ".join(f"{name}={value}" for name, values in self.found.left_out.items() for value in values)

    def _corrected_lately(self, shown: set[int]) -> list[Initiative]:
        newest = InitiativeVersion.objects.order_by("-pk").values_list("initiative", "number")[:CORRECTED_AMONG]
        corrected = {pk for pk, number in newest if number > 1 and pk in self.found.found.ids} - shown
        return list(rows_of(corrected).newest()[:PER_PAGE]) if corrected else []

    def _address(self, page: int) -> str:
        query = self.found.canonical_query(sort="", page=str(page) if page > 1 else "")
        return settings.SITE_URL + reverse("initiatives:feed") + (f"?{query}" if query else "")


def _entries(rows: list[Initiative]) -> list[Entry]:
    versions = InitiativeVersion.objects.filter(initiative__in=rows, number=F("initiative__version"))
    dates = dict(versions.values_list("initiative", "published_at"))
    return [Entry(row, dates.get(row.pk) or row.changed_at) for row in rows]


def tag_uri(name: str) -> str:
    """Return an address that names something for ever (RFC 4151), wherever it may be found later."""
    host = (urlsplit(settings.SITE_URL).hostname or "localhost").replace(":", "-")
    return f"tag:{host},{SINCE}:{name}"


def scheme(kind: str) -> str:
    return f"{settings.SITE_URL}/#{kind}"


def rfc3339(moment: datetime.datetime) -> str:
    return timezone.localtime(moment, datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
