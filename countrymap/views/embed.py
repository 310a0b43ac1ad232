"""The map alone, for a frame in somebody else's page: the only page of the portal that may be framed."""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.clickjacking import xframe_options_exempt

from common.caching import kept_by_anybody
from countrymap import pages
from countrymap.captions import filter_words, map_address
from countrymap.templatetags.world_map import legend_of
from countrymap.views.map import Shown


@method_decorator(xframe_options_exempt, name="dispatch")
@method_decorator(csp_replace({"frame-ancestors": ["*"], "form-action": ["'none'"]}), name="dispatch")
class MapEmbedView(View):
    """Map, totals and legend for the filters in the address; whatever it leads to opens in a tab of its own."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        shown = Shown(request)
        context = {
            **legend_of(shown.numbers),
            "filters": filter_words(shown.filter),
            "address": map_address(shown.leads.query, most=None),
            "leads": shown.leads,
            "numbers": shown.numbers,
            "regions": pages.region_labels(shown.numbers),
            "world": shown.world(new_tab=True),
            "shown": shown,
        }
        html = render_to_string("countrymap/embed.html", context, request)
        response = kept_by_anybody(request, html, lambda: HttpResponse(html))
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response
