"""The map and its numbers."""

from collections.abc import Callable, Hashable
from functools import cached_property, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.generic import TemplateView

from common.caching import kept_by_anybody
from common.scripts import for_scripts
from countrymap import pages
from countrymap.captions import map_address, snippet
from countrymap.drawing import world_svg
from countrymap.leads import Leads
from countrymap.numbers import Numbers, count_initiatives
from countrymap.templatetags.world_map import legend_of
from countrymap.views.parts import FRAGMENT
from initiatives import listing
from initiatives.facets import WHOLE
from initiatives.filters import InitiativeFilter
from initiatives.views.exports import with_left_out

View = Callable[..., HttpResponse]


def found_by(request: HttpRequest) -> InitiativeFilter:
    """The list's filters on the list's parameters, so that map, table and list agree."""
    return InitiativeFilter(request.GET, request=request)


class Shown:
    """What a map shows for the filters of an address, each part made when it is asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self.filter = found_by(request)
        self.asked_order = request.GET.get("order")

    @property
    def order(self) -> str:
        return self.asked_order if self.asked_order in pages.ORDERS else pages.ORDERS[0]

    @cached_property
    def numbers(self) -> Numbers:
        return count_initiatives(self.filter)

    @cached_property
    def leads(self) -> Leads:
        return Leads.of(self.filter)

    @cached_property
    def names(self) -> dict[str, str]:
        return {code: country.name for code, country in self.filter.found.index.countries.items()}

    @cached_property
    def rows(self) -> list[pages.Row]:
        return pages.rows_for(self.numbers, self.names, self.leads, self.order)

    @property
    def orders(self) -> dict[str, dict[str, str]]:
        """For each column how it is sorted now, if it is, and the query string that sorts by it."""
        return {
            column: {"state": state, "query": self.filter.canonical_query(sort="", order=pages.said_order(following))}
            for column, state, following in pages.orders(self.order)
        }

    def table(self) -> SafeString:
        """The table, made once for the same numbers and addresses."""
        return self._kept("table", self.order, self._counted, make=self._tabled)

    def world(self, *, new_tab: bool = False) -> SafeString:
        """The drawing, each country a link, made once as well."""
        return self._kept("world", new_tab, self._counted, make=lambda: self._drawn(new_tab))

    def names_as_json(self) -> SafeString:
        """The names of all countries and territories for the script."""
        return self._kept("names", make=lambda: json_script(self.names, "map-names"))

    def _kept(self, *about: Hashable, make: Callable[[], SafeString]) -> SafeString:
        index, key = self.filter.found.index, ("map", *about, get_language())
        return index.recall(key) or index.keep(key, make())

    @property
    def _counted(self) -> Hashable:
        """What a part with numbers and addresses depends on: what is searched follows a change later than the index."""
        return self.leads.query, self.numbers.initiatives, tuple(self.numbers.countries.items())

    def _tabled(self) -> SafeString:
        context = {"rows": self.rows, "numbers": self.numbers, "leads": self.leads, "orders": self.orders}
        return render_to_string("countrymap/_table.html", context)

    def _drawn(self, new_tab: bool) -> SafeString:
        links = pages.links_for(self.rows, self.names)
        return world_svg(self.numbers.countries, label=pages.world_label(self.numbers), links=links, new_tab=new_tab)


class MapView(TemplateView):
    """The table and the map beside it, for the filters in the address."""

    template_name = "countrymap/map.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        shown = Shown(self.request)
        return super().get_context_data(
            **kwargs,
            **legend_of(shown.numbers),
            filter=shown.filter,
            offer=listing.form(shown.filter, self.request.GET.get(WHOLE, "")),
            leads=shown.leads,
            numbers=shown.numbers,
            regions=pages.region_labels(shown.numbers),
            shown=shown,
            order=shown.order,
            world=shown.world,
            snippet=snippet(shown.leads, shown.filter),
            canonical=map_address(""),
            printed=map_address(shown.leads.query, most=None),
        )


class MapPartsView(MapView):
    """What of the same page changes with the filters, for the page's own script, which has the drawing."""

    template_name = "countrymap/_parts.html"


def with_parts(page: View) -> View:
    """Let `page` be kept as it may be, and its parts by nobody: no back button shall show them in place of the page."""
    parts = MapPartsView.as_view()

    @wraps(page)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        asked = FRAGMENT in request.headers
        response = (parts if asked else page)(request, *args, **kwargs)
        if asked:
            patch_cache_control(response, no_store=True)
        patch_vary_headers(response, [FRAGMENT])
        return response

    return answer


@for_scripts
def map_data(request: HttpRequest) -> HttpResponseBase:
    """The numbers for the filters in the address, to be kept by anybody and asked again by their ETag."""
    found = found_by(request)
    body = pages.payload(count_initiatives(found), found.left_out)
    answer = kept_by_anybody(request, body, lambda: HttpResponse(body, content_type="application/json"))
    return with_left_out(answer, found)
