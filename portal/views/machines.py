"""What machines ask for: robots.txt, sitemaps, the icon at its old address."""

import datetime
from collections.abc import Iterable
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.generic import RedirectView

from common.caching import kept_by_anybody
from common.safe import only_read
from portal import sitemaps

PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"

# Pages that are nobody's business or without end; the filters of a list are told by each page itself.
CLOSED = (
    "/admin/",
    "/accounts/",
    "/my/",
    "/demo/",
    "/initiatives/new/",
    "/initiatives/export.",
    "/search/",
    "/forum/search/",
    "/forum/p/",
    "/*?*page=",
    # Filters combine without end; each by itself is a page.
    "/initiatives/?*&",
    "/map/?*&",
    "/statistics/?*&",
    "/compare/?*&",
    "/initiatives/?all=",
    "/forum/t/*?page=*&",
)
# The longest rule that fits an address holds (RFC 9309): all that is said in a topic may be read.
OPEN = ("/forum/t/*?page=",)


@only_read
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), *(f"Allow: {path}" for path in OPEN)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('portal:sitemap')}", ""]
    text = "\n".join(lines)
    return kept_by_anybody(request, text, lambda: HttpResponse(text, content_type="text/plain"))


@only_read
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return _xml("sitemapindex", "sitemap", sitemaps.index())


@only_read
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    addresses = sitemaps.addresses_of(section)
    if addresses is None:
        raise Http404
    return _xml("urlset", "url", addresses)


def _xml(root: str, item: str, addresses: Iterable[sitemaps.Address]) -> HttpResponse:
    """Return a sitemap. Written line by line: a template takes twenty times as long for thousands of them."""
    lines = [f"<{item}><loc>{escape(settings.SITE_URL + path)}</loc>{_lastmod(at)}</{item}>" for path, at in addresses]
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    text = "\n".join([head, f'<{root} xmlns="{PROTOCOL}">', *lines, f"</{root}>", ""])
    return HttpResponse(text, content_type="application/xml", headers={"X-Robots-Tag": "noindex"})


def _lastmod(at: datetime.datetime | None) -> str:
    return f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""


class FaviconView(RedirectView):
    """Browsers ask here for pages that are not HTML."""

    http_method_names = ["get", "head", "options"]

    def get_redirect_url(self, *args, **kwargs):
        return static("img/favicon.ico")
