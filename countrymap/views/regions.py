"""What gathers the initiatives of an ITU region."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import RedirectView, TemplateView

from countries.models import Region
from countrymap import places
from countrymap.lines import by_theme
from countrymap.numbers import numbers_of
from countrymap.sheets import Sheet, everything
from countrymap.views.parts import canonical, in_capitals
from initiatives import discussions, finding, listing
from initiatives.finding import Index, paging
from initiatives.finding.walking import numbers_at
from initiatives.kept import part

REGIONAL_SHOWN, NEWEST_SHOWN = 10, 10


class RegionListView(RedirectView):
    """Lead to the list of countries, which has them by region."""

    http_method_names = ["get", "head", "options"]
    pattern_name, permanent = "countrymap:countries", True


class RegionDetailView(TemplateView):
    """The members and territories of a region, what they did and what the region did as a whole."""

    template_name = "countrymap/region_detail.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        code = kwargs["code"].upper()
        if code not in Region.values:
            raise Http404
        if kwargs["code"] != code:
            return in_capitals(request, places.region_url(code))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        code, index = self.kwargs["code"], finding.current()
        region = Region(code)
        return super().get_context_data(
            **kwargs,
            region=region,
            crumbs=[(_("Countries and territories"), reverse("countrymap:countries")), (region.label, "")],
            canonical=canonical(places.region_url(code)),
            query=f"region={code}",
            discussions=discussions.latest("region", code),
            content=part(index, "countrymap/_region.html", lambda: content_of(index, code), code),
        )


def content_of(index: Index, code: str) -> dict[str, Any]:
    sheet, numbers = Sheet(index, "region", code), numbers_of(everything(index))
    themes, gaps = by_theme(sheet.themes, region=code)
    whole = index.published & index.of("whole region", code)
    regional = numbers_at(index, whole, "newest", 0, REGIONAL_SHOWN)
    newest = [number for number in paging.page(sheet.choice, "newest", {}).numbers if number not in regional]
    return {
        "group": places.group_for(code, numbers, index.countries.values()),
        "sheet": sheet,
        "themes": themes,
        "gaps": gaps,
        "regional": listing.kept_items(index, regional),
        "newest": listing.kept_items(index, newest[:NEWEST_SHOWN]),  # each stands on the page once
        "others": [(region.label, places.region_url(region)) for region in Region if region != code],
        "query": f"region={code}",
    }
