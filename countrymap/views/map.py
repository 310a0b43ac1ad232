"""The map and its numbers."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from countrymap import pages
from countrymap.captions import map_address, snippet
from countrymap.drawing import world_svg
from countrymap.leads import Leads
from countrymap.numbers import Numbers, count_initiatives
from countrymap.templatetags.world_map import legend_of
from countrymap.views.answers import FRAGMENT, kept_by_anybody
from initiatives import listing
from initiatives.filters import InitiativeFilter


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

    def world(self, *, new_tab: bool = False) -> SafeString:
        """The drawing, each country a link: made once for the same numbers and addresses."""
        index = self.filter.found.index
        key = ("world", new_tab, self.leads.query, tuple(self.numbers.countries.items()), get_language())
        return index.recall(key) or index.keep(key, self._drawn(new_tab))

    def _drawn(self, new_tab: bool) -> SafeString:
        links = pages.links_for(self.rows)
        return world_svg(self.numbers.countries, label=pages.world_label(self.numbers), links=links, new_tab=new_tab)


class MapView(TemplateView):
    """The table and the map beside it, for the filters in the address; to its own script the parts that change."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        patch_vary_headers(response, [FRAGMENT])
        if self.wants_parts:
            patch_cache_control(response, no_store=True)  # never to be shown by a back button in place of the page
        return response

    @property
    def wants_parts(self) -> bool:
        return FRAGMENT in self.request.headers

    def get_template_names(self) -> list[str]:
        return ["countrymap/_parts.html" if self.wants_parts else "countrymap/map.html"]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        shown = Shown(self.request)
        return super().get_context_data(
            **kwargs,
            **legend_of(shown.numbers),
            filter=shown.filter,
            facets=listing.facet_choices(shown.filter, pages.OFFERED),
            kept=pages.kept_parameters(shown.filter),
            leads=shown.leads,
            numbers=shown.numbers,
            regions=pages.region_labels(shown.numbers),
            rows=shown.rows,
            order=shown.order,
            orders=pages.orders(shown.order),
            world=shown.world,
            names=shown.names,
            snippet=snippet(shown.leads, shown.filter),
            canonical=map_address(""),
            printed=map_address(shown.leads.query, most=None),
        )


@require_safe
def map_data(request: HttpRequest) -> HttpResponse:
    """The numbers for the filters in the address, to be kept by anybody and asked again by their ETag."""
    body = pages.payload(count_initiatives(found_by(request)))
    return kept_by_anybody(request, body, lambda: HttpResponse(body, content_type="application/json"))
