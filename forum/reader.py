"""For whom a page is drawn. Asked once for a page: asking costs about as much as drawing a line of a list."""

import datetime
from functools import lru_cache
from typing import NamedTuple, Self

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from common.filling import fill

_TIME = '<time{} datetime="{}">{}</time>'
NO_NAME = SafeString()


class Reader(NamedTuple):
    """In what language and time somebody reads, and where the forum is for them."""

    language: str | None
    zone: datetime.tzinfo
    forum: str

    @classmethod
    def here(cls) -> Self:
        return cls(get_language(), timezone.get_current_timezone(), reverse("forum:index"))

    def moment(self, at: datetime.datetime, name: SafeString = NO_NAME) -> SafeString:
        """Return a date with its time, and where that is the time; for machines, what `name` says that it is."""
        here = at.replace(microsecond=0).astimezone(self.zone)
        said = f"{_day(here.date(), self.language)}, {here:%H:%M} {here.tzname()}"
        return fill(_TIME, name, here.isoformat(), said)

    def day(self, at: datetime.datetime) -> SafeString:
        """Return a date, for lists."""
        here = at.replace(microsecond=0).astimezone(self.zone)
        return fill(_TIME, NO_NAME, here.isoformat(), _day(here.date(), self.language))

    # As `reverse` gives them, which for each line and post was a tenth of a page's cost.

    def topic(self, pk: int, slug: str) -> str:
        path = f"{self.forum}t/{pk}/{slug}/"
        return path if path.isascii() else iri_to_uri(path)

    def unread(self, pk: int) -> str:
        return f"{self.forum}t/{pk}/unread/"

    def post(self, pk: int, what: str = "") -> str:
        """Return the lasting address of a post, or one below it: "edit", "delete", "flag", "order", "history"."""
        return f"{self.forum}p/{pk}/{what}/" if what else f"{self.forum}p/{pk}/"

    def member(self, handle: str) -> str:
        return f"{self.forum}members/{handle}/"


@lru_cache(maxsize=5_000)
def _day(day: datetime.date, language: str | None) -> str:
    return format_date(day, "j F Y")
