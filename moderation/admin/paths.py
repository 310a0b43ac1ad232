"""The way back to the list that somebody came from: one kind's own list, or the queue of the start page."""

from urllib.parse import urlencode

from django.urls import reverse

FROM_QUEUE = "queue="  # how the query string begins that leads back to the start page


def queue_url(site, filters: str = "") -> str:
    """Return the address of the queue under `filters`, a query string that may begin with FROM_QUEUE."""
    return f"{reverse(f'{site.name}:index')}?{filters.removeprefix(FROM_QUEUE).lstrip('&')}".rstrip("?")


def with_way_back(url: str, filters: str) -> str:
    """Return `url` with what leads from there back to the queue under `filters`."""
    return f"{url}?{urlencode({'_changelist_filters': f'{FROM_QUEUE}&{filters}'.rstrip('&')})}"
