"""The map and its numbers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from countrymap import pages
from countrymap.drawing import world_svg
from countrymap.numbers import count_initiatives
from countrymap.templatetags.world_map import legend_of
from countrymap.views.answers import kept_by_anybody
from initiatives.filters import InitiativeFilter


def found_by(request: HttpRequest) -> InitiativeFilter:
    """The list's filters on the list's parameters, so that map, table and list agree."""
    return InitiativeFilter(request.GET, request=request)


class MapView(TemplateView):
    """The table and the map beside it, for the filters in the address."""

    template_name = "countrymap/map.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        found = found_by(self.request)
        numbers = count_initiatives(found)
        order = self.request.GET.get("order")
        order = order if order in pages.ORDERS else pages.ORDERS[0]
        names = dict(found.form.fields["country"].choices)
        rows = pages.rows_for(numbers, names, order)
        return super().get_context_data(
            **kwargs,
            **legend_of(numbers),
            **pages.filter_parts(found),
            filter=found,
            query=found.canonical_query(sort=""),
            numbers=numbers,
            regions=pages.region_labels(numbers),
            rows=rows,
            order=order,
            orders=pages.orders(order),
            world=world_svg(numbers.countries, label=pages.world_label(numbers), links=pages.links_for(rows)),
            names=names,
        )


@require_safe
def map_data(request: HttpRequest) -> HttpResponse:
    """The numbers for the filters in the address, to be kept by anybody and asked again by their ETag."""
    body = pages.payload(count_initiatives(found_by(request)))
    return kept_by_anybody(request, body, lambda: HttpResponse(body, content_type="application/json"))
