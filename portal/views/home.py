"""The home page: what this is, how much there is, where to begin."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from countries.models import Region
from countrymap.numbers import numbers_of
from countrymap.sheets import counted, everything
from forum.latest import latest
from initiatives import finding
from initiatives.exports.about import address
from initiatives.finding import Choice, Index
from initiatives.gathering import newest_of
from initiatives.kept import part
from initiatives.models import Collection
from initiatives.vocabulary import Mark, Theme

NEWEST = 10


class HomeView(TemplateView):
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        index = finding.current()
        parts = {name: part(index, f"portal/_{name}.html", partial(of, index)) for name, of in PARTS.items()}
        more = {"discussions": latest(), "canonical": address("portal:home")}
        return super().get_context_data(**parts, **more, **kwargs)


def top(index: Index) -> dict[str, Any]:
    """Return how much there is, and where. One query."""
    choice = everything(index)
    return {"numbers": numbers_of(choice), "figures": figures(choice)}


def newest(index: Index) -> dict[str, Any]:
    """Return what was published last. Two queries."""
    return {"newest": newest_of(everything(index), 0, NEWEST)}


def numbers(index: Index) -> dict[str, Any]:
    """Return how much there is of each theme, region and collection. One query."""
    choice = everything(index)
    return {"themes": themes(choice), "regions": regions(choice), "collections": collections(choice)}


PARTS = {"top": top, "newest": newest, "numbers": numbers}


def figures(choice: Choice) -> dict[str, int]:
    """Return how much there is, and how much of it a person has checked.

    What was checked stays so when its review is overdue or somebody contests it: its mark says that.
    """
    compiled = counted(choice, "checked").get(Mark.NOT_CHECKED, 0)
    return {
        "initiatives": choice.total,
        "countries": len(choice.countries()),
        "checked": choice.total - compiled,
        "compiled": compiled,
    }


def themes(choice: Choice) -> list[dict[str, Any]]:
    """Return the themes with as many as the list shows for each, most first, as `share` of the largest."""
    counts = counted(choice, "theme")
    most = max(counts.values(), default=1)
    rows = [{"name": theme.label, "url": _list(theme=theme.value), "count": counts.get(theme, 0)} for theme in Theme]
    for row in rows:
        row["share"] = row["count"] / most
    return sorted(rows, key=lambda row: -row["count"])


def regions(choice: Choice) -> list[dict[str, Any]]:
    """Return the ITU regions with how many initiatives the list shows for each."""
    counts = counted(choice, "region")
    return [
        {"name": region.label, "url": _list(region=region.value), "count": counts.get(region, 0), "share": None}
        for region in Region
    ]


def collections(choice: Choice) -> list[dict[str, Any]]:
    """Return the collections with their counts; the open ones take submissions today. One query."""
    counts = counted(choice, "collection")
    return [
        {
            "name": collection.name,
            "url": _list(collection=collection.slug),
            "count": counts.get(collection.slug, 0),
            "open": collection.is_open,
        }
        for collection in Collection.objects.all()
    ]


def _list(**filters: str) -> str:
    return reverse("initiatives:list", query=filters)
