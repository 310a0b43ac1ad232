"""Addresses of the API that stand in answers many times: looked up once."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse


@cache
def _path(name: str) -> str:
    return reverse(name)


def api_url(reference: str, version: int | None = None) -> str:
    """Return the address of an initiative, or of one of its versions."""
    query = f"?version={version}" if version else ""
    return f"{settings.SITE_URL}{_path('api:initiatives')}{reference}/{query}"


def found_url(**filters: Any) -> str:
    """Return the address of the initiatives that these filters find."""
    return f"{settings.SITE_URL}{_path('api:initiatives')}?{urlencode(filters)}"


def organisation_api_url(number: int) -> str:
    return f"{settings.SITE_URL}{_path('api:organisations')}{number}/"
