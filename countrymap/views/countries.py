"""What gathers the initiatives of a country or territory, and the list of them all."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from pyroaring import BitMap

from accounts.models import Organisation
from countries.codes import iso2_of
from countries.models import Country, Region
from countrymap import places
from countrymap.lines import by_theme
from countrymap.numbers import numbers_of
from countrymap.sheets import Sheet, everything
from countrymap.timeline import timeline_of
from countrymap.views.parts import canonical, in_capitals, page_links
from initiatives import discussions, finding, items, listing
from initiatives.finding import Index, paging
from initiatives.finding.paging import FoundPage
from initiatives.finding.walking import numbers_at
from initiatives.kept import part
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
        index = finding.current()
        country = index.countries.get(self.kwargs["iso2"])
        if country is None:
            raise Http404
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
            discussions=None if page.number > 1 else discussions.latest("country", country.iso2),
            wider=[] if page.number > 1 else wider(index, country),
            beside=part(index, "countrymap/_beside.html", lambda: about | beside(index, country), country.iso2),
        )


def named(sheet: Sheet, page: FoundPage) -> dict[str, Any]:
    """Return what a page of a country shows of what names it; the first one by theme and over time too."""
    started = paging.page(sheet.choice, "-start", {}).numbers if page.number == 1 else []
    themes, gaps = by_theme(sheet.themes, country=sheet.code)
    return {
        "themes": themes if page.number == 1 else [],
        "gaps": gaps,
        "timeline": timeline_of(items.read(started)) if started else None,
        "items": listing.kept_items(sheet.choice.index, page.numbers),
        "page": page,
        "links": page_links(page) if page.pages > 1 else {},
    }


def wider(index: Index, country: Country) -> list[SafeString]:
    """Return what the region and the world did: kept for all pages that show it."""
    region = country.region
    parts = [part(index, "countrymap/_of_region.html", lambda: of_region(index, region), region)] if region else []
    return [*parts, part(index, "countrymap/_of_world.html", lambda: of_world(index))]


def of_region(index: Index, region: str) -> dict[str, Any]:
    return wide(index, index.of("whole region", region)) | {"region": Region(region)}


def of_world(index: Index) -> dict[str, Any]:
    return wide(index, index.of("scope", Scope.GLOBAL))


def wide(index: Index, which: BitMap) -> dict[str, Any]:
    """Return the newest of them as items, and how many more there are than a printed page shows."""
    every = index.published & which
    newest = numbers_at(index, every, "newest", 0, WIDER_SHOWN)
    return {"items": listing.kept_items(index, newest), "more": len(every) - PRINTED}


def beside(index: Index, country: Country) -> dict[str, Any]:
    """Return the country's facts, organisations, and the others of its region."""
    numbers, region = numbers_of(everything(index)), country.region
    group = places.group_for(region, numbers, index.countries.values()) if region else None
    others = [place for place in group.places if place.country != country] if group else []
    return {
        "facts": places.facts_of(country),
        "organisations": organisations_in(index, country),
        "others": others,
        "choices": [(one.country.iso2, one.words) for one in others],
        "neighbours": places.most_first(others)[: places.NEIGHBOURS_SHOWN],
    }


def organisations_in(index: Index, country: Country) -> list[tuple[Organisation, int]]:
    """Return the organisations of the country that have public initiatives, most first. One query."""
    rows = Organisation.objects.accepted().filter(country=country)
    counts = [(row, len(index.of("organisation", str(row.pk)) & index.published)) for row in rows]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: -pair[1])[:ORGANISATIONS_SHOWN]
