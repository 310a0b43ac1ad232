"""What every file says of itself: where it is from, its licence, its schema, the filters and the day."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import columns

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
Values = Mapping[str, list[str]]


def about(
    *, query: str = "", filters: Values | None = None, ignored: Values | None = None, count: int
) -> dict[str, Any]:
    """Return what stands before the rows of a file with `count` rows, found by `filters` (in an address: `query`).

    `ignored` was asked for too, but nobody knows it.
    """
    return {
        "source": address("initiatives:list", query),
        "dictionary": address("initiatives:data"),
        "schema_version": columns.VERSION,
        "licence": LICENCE,
        "attribution": attribution(),
        "generated_at": timezone.now().isoformat(timespec="seconds"),
        "filters": dict(filters or {}),
        "ignored": dict(ignored or {}),
        "count": count,
    }


def attribution() -> str:
    return _("Organisations named in each entry, through %(site)s, %(address)s") % {
        "site": settings.SITE_NAME,
        "address": settings.SITE_URL,
    }


def address(name: str, query: str = "", *args: str) -> str:
    """Return the whole address of a page of ours."""
    return settings.SITE_URL + reverse(name, args=args) + (f"?{query}" if query else "")
