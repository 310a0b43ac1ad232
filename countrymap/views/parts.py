"""What the pages of places have in common."""

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect

from initiatives.finding.paging import FoundPage

FRAGMENT = "X-Fragment"  # the header by which the map's own script asks for a part of a page


def canonical(path: str, query: str = "") -> str:
    """The address by which search engines are to know a page."""
    return settings.SITE_URL + path + (f"?{query}" if query else "")


def in_capitals(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect:
    """Lead from a code that is written otherwise to its own address, which is `path`; what was asked for goes along."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def page_links(page: FoundPage) -> dict[str, str]:
    """Where the first, the previous and the next page are (relative to the page), as far as there are any."""
    links = {}
    if page.first:
        links["first"] = "?"
        links["previous"] = f"?page={page.number - 1}" if page.number > 2 else "?"
    if page.after:
        links["next"] = f"?page={page.number + 1}"
    return links
