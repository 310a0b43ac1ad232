"""The map, its numbers, and what gathers the initiatives of a country or territory."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.functional import cached_property
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import ListView, TemplateView

from countries.models import Country
from countrymap import pages
from countrymap.drawing import world_svg
from countrymap.numbers import count_initiatives
from countrymap.templatetags.world_map import legend_of
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from initiatives.vocabulary import Scope

FRESH_FOR = 60  # seconds in which a cache need not ask again: as long as a publication may take to show
WIDER_SHOWN = 20  # initiatives of the region, and of the world, below those of a country


def found_by(request: HttpRequest) -> InitiativeFilter:
    """The list's filters on the list's parameters, so that map, table and list agree."""
    return InitiativeFilter(request.GET, request=request)


class MapView(TemplateView):
    """The table and the map beside it, for the filters in the address."""

    template_name = "countrymap/map.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        found = found_by(self.request)
        numbers = count_initiatives(found.qs)
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
    body = pages.payload(count_initiatives(found_by(request).qs))
    response = HttpResponse(body, content_type="application/json")
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH_FOR)
    return get_conditional_response(request, etag=etag, response=response)


class CountryListView(TemplateView):
    """Every country and territory by ITU region, with how many initiatives name it."""

    template_name = "countrymap/country_list.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        numbers = count_initiatives()
        groups = pages.groups_for(numbers, Country.objects.all())
        return super().get_context_data(**kwargs, numbers=numbers, groups=groups)


class CountryDetailView(ListView):
    """What names a country or territory, then what its region and the world did together."""

    template_name = "countrymap/country_detail.html"
    context_object_name = "initiatives"
    paginate_by = 25

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if kwargs["iso2"] != kwargs["iso2"].upper():
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return HttpResponsePermanentRedirect(pages.country_url(kwargs["iso2"].upper()) + query)
        return super().get(request, *args, **kwargs)

    @cached_property
    def country(self) -> Country:
        try:
            return Country.objects.get(pk=self.kwargs["iso2"])
        except Country.DoesNotExist:
            raise Http404 from None

    def get_queryset(self):
        return Initiative.objects.public().naming(self.country.iso2).newest().for_list()

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            country=self.country,
            crumbs=[(_("Countries and territories"), reverse("countrymap:countries")), (self.country.name, "")],
            facts=pages.facts_of(self.country),
            regional=self._wider(scope=Scope.REGIONAL, region=self.country.region) if self.country.region else [],
            worldwide=self._wider(scope=Scope.GLOBAL),
        )

    def _wider(self, **which):
        return Initiative.objects.public().filter(**which).newest().for_list()[:WIDER_SHOWN]
