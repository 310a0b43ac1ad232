"""A page of a list: how many there are, where the next and the previous page are, in the body and as links."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest

CURSORS = ("after", "before")


class Page(NamedTuple):
    """Some of a list of `count`; `after` and `before` are the places by which one goes on, if anywhere."""

    count: int
    items: Sequence[Any]
    after: str = ""
    before: str = ""


def envelope(request: HttpRequest, page: Page, **more: Any) -> dict[str, Any]:
    """Return what a list's answer says; what `more` says stands before the items."""
    return {
        "count": page.count,
        "next": _address(request, after=page.after) if page.after else None,
        "previous": _address(request, before=page.before) if page.before else None,
        **more,
        "items": page.items,
    }


def links(body: dict[str, Any]) -> str:
    """Return the header Link (RFC 8288) of a list's answer; empty where everything is on this page."""
    pairs = (("next", body.get("next")), ("prev", body.get("previous")))
    return ", ".join(f'<{address}>; rel="{name}"' for name, address in pairs if address)


def _address(request: HttpRequest, **cursor: str) -> str:
    query = request.GET.copy()
    for name in CURSORS:
        query.pop(name, None)
    query.update(cursor)
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"
