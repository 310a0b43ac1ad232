"""What gathers the initiatives of a country or territory, and the list of them all."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.models import Organisation
from countries.codes import iso2_of
from countries.models import Country, Region
from countrymap import places
from countrymap.lines import by_theme
from countrymap.numbers import numbers_of
from countrymap.sheets import Sheet, everything
from countrymap.timeline import timeline_of
from countrymap.views.parts import canonical, in_capitals, page_links
from initiatives import finding, items
from initiatives.finding import Index, paging
from initiatives.finding.paging import FoundPage
from initiatives.kept import part
from initiatives.models import Initiative
from initiatives.vocabulary import Scope

WIDER_SHOWN = 20  # initiatives of the region, and of the world, below those of a country
PRINTED = 3  # of the region and of the world, on paper: site.css hides the others
ORGANISATIONS_SHOWN = 10


class CountryListView(TemplateView):
    """Every country and territory by ITU region, with how many initiatives name it."""

    template_name = "countrymap/country_list.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        index = finding.current()
        return super().get_context_data(
            **kwargs,
            content=part(index, "countrymap/_country_list.html", lambda: all_places(index)),
            canonical=canonical(reverse("countrymap:countries")),
        )


def all_places(index: Index) -> dict[str, Any]:
    numbers = numbers_of(everything(index))
    return {"numbers": numbers, "groups": places.groups_for(numbers, index.countries.values())}


class CountryDetailView(TemplateView):
    """What names a country or territory, then what its region and the world did together."""

    template_name = "countrymap/country_detail.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        code = iso2_of(kwargs["iso2"])
        if code and kwargs["iso2"] != code:
            return in_capitals(request, places.country_url(code))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        country, index = get_object_or_404(Country, pk=self.kwargs["iso2"]), finding.current()
        sheet = Sheet(index, "country", country.iso2)
        page = paging.page(sheet.choice, "newest", {"page": self.request.GET.get("page", "")})
        about = {"country": country, "sheet": sheet, "query": f"country={country.iso2}"}
        return super().get_context_data(
            **kwargs,
            **about,
            crumbs=[(_("Countries and territories"), reverse("countrymap:countries")), (country.name, "")],
            canonical=canonical(places.country_url(country.iso2)),
            page=page,
            named=part(index, "countrymap/_named.html", lambda: about | named(sheet, page), country.iso2, page.first),
            wider=[] if page.number > 1 else wider(index, country),
            beside=part(index, "countrymap/_beside.html", lambda: about | beside(index, country), country.iso2),
        )


def named(sheet: Sheet, page: FoundPage) -> dict[str, Any]:
    """Return what a page of a country shows of what names it; the first one by theme and over time too."""
    started = paging.page(sheet.choice, "-start", {}).numbers if page.number == 1 else []
    rows = {row.pk: row for row in items.read(list({*page.numbers, *started}))}
    themes, gaps = by_theme(sheet.themes, country=sheet.code)
    return {
        "themes": themes if page.number == 1 else [],
        "gaps": gaps,
        "timeline": timeline_of(rows[number] for number in started if number in rows),
        "initiatives": [rows[number] for number in page.numbers if number in rows],
        "page": page,
        "links": page_links(page) if page.pages > 1 else {},
    }


def wider(index: Index, country: Country) -> list[SafeString]:
    """Return what the region and the world did: kept for all pages that show it."""
    region = country.region
    parts = [part(index, "countrymap/_of_region.html", lambda: of_region(index, region), region)] if region else []
    return [*parts, part(index, "countrymap/_of_world.html", lambda: of_world(index))]


def of_region(index: Index, region: str) -> dict[str, Any]:
    every = index.published & index.of("whole region", region)
    more = len(every) - PRINTED
    return {"regional": _newest(scope=Scope.REGIONAL, region=region), "region": Region(region), "more": more}


def of_world(index: Index) -> dict[str, Any]:
    more = len(index.published & index.of("scope", Scope.GLOBAL)) - PRINTED
    return {"worldwide": _newest(scope=Scope.GLOBAL), "more": more}


def _newest(**which):
    return Initiative.objects.public().filter(**which).newest().for_list()[:WIDER_SHOWN]


def beside(index: Index, country: Country) -> dict[str, Any]:
    """Return the country's facts, organisations, and the others of its region."""
    numbers, region = numbers_of(everything(index)), country.region
    group = places.group_for(region, numbers, index.countries.values()) if region else None
    others = [place for place in group.places if place.country != country] if group else []
    return {
        "facts": places.facts_of(country),
        "organisations": organisations_in(index, country),
        "others": others,
        "neighbours": places.most_first(others)[: places.NEIGHBOURS_SHOWN],
    }


def organisations_in(index: Index, country: Country) -> list[tuple[Organisation, int]]:
    """Return the organisations of the country that have public initiatives, most first. One query."""
    rows = Organisation.objects.accepted().filter(country=country)
    counts = [(row, len(index.of("organisation", str(row.pk)) & index.published)) for row in rows]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: -pair[1])[:ORGANISATIONS_SHOWN]
