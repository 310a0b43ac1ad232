"""The home page: what this is, how much there is, where to begin."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.views.generic import TemplateView

from countries.models import Region
from countrymap.numbers import Numbers, count_initiatives
from initiatives.models import Collection, Initiative
from initiatives.status import today
from initiatives.vocabulary import Mark, Theme

NEWEST = 10


class HomeView(TemplateView):
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        numbers = count_initiatives()
        return super().get_context_data(
            numbers=numbers,
            figures=figures(numbers),
            newest=Initiative.objects.public().newest().for_list()[:NEWEST],
            themes=themes(),
            regions=regions(),
            collections=collections(),
            **kwargs,
        )


def figures(numbers: Numbers) -> dict[str, int]:
    """Return how much there is, and how much of it a person has checked. One query.

    What was checked stays so when its review is overdue or somebody contests it: its mark says that.
    """
    found = dict(Initiative.objects.public().order_by().values_list("checked").annotate(Count("pk")))
    total = sum(found.values())
    checked = total - found.get(Mark.NOT_CHECKED, 0)
    return {
        "initiatives": total,
        "countries": len(numbers.countries),
        "checked": checked,
        "compiled": total - checked,
    }


def themes() -> list[dict[str, Any]]:
    """Return the themes with as many as the list shows for each, most first, as `share` of the largest. One query."""
    counts = Initiative.objects.public().theme_counts()
    most = max(counts.values(), default=1)
    rows = [{"name": theme.label, "url": _list(theme=theme.value), "count": counts.get(theme, 0)} for theme in Theme]
    for row in rows:
        row["share"] = row["count"] / most
    return sorted(rows, key=lambda row: -row["count"])


def regions() -> list[dict[str, Any]]:
    """Return the ITU regions with how many initiatives the list shows for each. One query."""
    public = Initiative.objects.public()
    wanted = {region.value: Count("pk", filter=Q(pk__in=public.in_region(region).values("pk"))) for region in Region}
    counts = public.aggregate(**wanted)
    return [
        {"name": region.label, "url": _list(region=region.value), "count": counts[region.value], "share": None}
        for region in Region
    ]


def collections() -> list[dict[str, Any]]:
    """Return the collections with their counts; the open ones take submissions today. One query."""
    published = Count("initiatives", filter=Q(initiatives__status=Initiative.Status.PUBLISHED))
    day = today()
    return [
        {
            "name": collection.name,
            "url": _list(collection=collection.slug),
            "count": collection.published,
            "open": collection.opens_on <= day and (collection.closes_on is None or collection.closes_on >= day),
        }
        for collection in Collection.objects.annotate(published=published)
    ]


def _list(**filters: str) -> str:
    return reverse("initiatives:list", query=filters)
