"""What machines ask for: robots.txt, sitemaps, the icon at its old address."""

from django.conf import settings
from django.contrib.sitemaps import views
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from portal.sitemaps import SECTIONS

# Pages that are nobody's business or without end; the filters of a list are told by each page itself.
CLOSED = ("/admin/", "/accounts/", "/my/", "/demo/", "/initiatives/new/", "/search/", "/*?*page=")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('portal:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return views.index(request, SECTIONS, sitemap_url_name="portal:sitemap-section")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return views.sitemap(request, SECTIONS, section=section)


class FaviconView(RedirectView):
    """Browsers ask here for pages that are not HTML."""

    def get_redirect_url(self, *args, **kwargs):
        return static("img/favicon.ico")
