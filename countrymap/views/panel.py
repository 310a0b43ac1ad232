"""The panel of a country on the map's page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views import View

from common.caching import kept_by_anybody, kept_for_a_minute
from countries.models import Country
from countrymap.leads import Leads
from countrymap.numbers import numbers_of
from countrymap.places import country_url
from countrymap.sheets import counted
from countrymap.views.parts import FRAGMENT
from initiatives.filters import InitiativeFilter
from initiatives.finding import paging
from initiatives.models import Initiative
from initiatives.vocabulary import Theme

NEWEST_SHOWN = 3


class CountryPanelView(View):
    """What the filters find for a country, in short, for the map's page; by itself it leads to where all is."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, iso2: str) -> HttpResponse:
        leads, asked = Leads.of(InitiativeFilter(request.GET)), request.GET.copy()
        asked.setlist("country", [iso2])
        found = InitiativeFilter(asked)
        country = found.found.index.countries.get(iso2)
        if country is None:
            raise Http404
        if FRAGMENT in request.headers:
            html = render_to_string("countrymap/_panel.html", panel_of(country, found, leads))
            response = kept_by_anybody(request, html, lambda: HttpResponse(html))
        else:
            response = kept_for_a_minute(HttpResponseRedirect(leads.country(iso2)))
        patch_vary_headers(response, [FRAGMENT])
        response["X-Robots-Tag"] = "noindex"
        return response


def panel_of(country: Country, found: InitiativeFilter, leads: Leads) -> dict[str, Any]:
    """Return what the panel shows: how many, by theme, and the newest. Two queries beside those of the index."""
    choice = found.found
    themes = sorted(counted(choice, "theme").items(), key=lambda pair: -pair[1])
    newest = paging.page(choice, "newest", {}).numbers[:NEWEST_SHOWN]
    rows = Initiative.objects.public(archived=True).filter(pk__in=newest).for_list()
    return {
        "country": country,
        "count": numbers_of(choice).countries.get(country.iso2, 0),
        "themes": [(Theme(code).label, n, leads.list_for(country.iso2, theme=code)) for code, n in themes],
        "newest": sorted(rows, key=lambda row: newest.index(row.pk)),
        "filtered": leads.query != "",
        "list_url": leads.list_for(country.iso2),
        "country_url": country_url(country.iso2),
    }
