"""What gathers initiatives: themes with their pillars and measure types, collections."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from common.api.pages import Page, envelope
from common.api.problems import Fault
from common.api.shapes import part
from initiatives.addresses import collection_url, pillar_url, theme_url
from initiatives.api.addresses import found_url
from initiatives.api.fresh import PublicView
from initiatives.gathering import counts_of
from initiatives.models import Collection
from initiatives.vocabulary import (
    MEASURE_LABELS,
    MEASURE_TYPES,
    PILLAR_DESCRIPTIONS,
    PILLAR_OF,
    THEME_DESCRIPTIONS,
    Pillar,
    Theme,
)


def _coded(name: str, code: str, label: Any, counts: Mapping[str, int], **more: Any) -> dict[str, Any]:
    counted = {"initiatives": counts.get(code, 0), "initiatives_url": found_url(**{name: code})}
    return {"code": str(code), "label": str(label), **more, **counted}


class WholeListView(PublicView):
    """A list that is one page."""

    group = "Themes and collections"

    def read(self, request: HttpRequest, faults: list[Fault], **kwargs: Any) -> dict[str, Any]:
        self.refuse(faults)
        rows = list(self.rows())
        return envelope(request, Page(len(rows), rows))

    def rows(self) -> Iterable[dict[str, Any]]:
        raise NotImplementedError


class ThemeListView(WholeListView):
    name = "listThemes"
    summary = gettext_lazy("Themes and their types of measures")
    about = gettext_lazy("An initiative counts for its theme and for each of its further themes.")
    shape = part("ThemePage")

    def rows(self) -> Iterable[dict[str, Any]]:
        counts, measured = counts_of("theme"), counts_of("measure")
        for theme in Theme:
            yield _coded(
                *("theme", theme, theme.label, counts),
                description=str(THEME_DESCRIPTIONS[theme]),
                url=settings.SITE_URL + theme_url(theme),
                pillar=PILLAR_OF[theme].value,
                measure_types=[_coded("measure", one, MEASURE_LABELS[one], measured) for one in MEASURE_TYPES[theme]],
            )


class PillarListView(WholeListView):
    name = "listPillars"
    summary = gettext_lazy("Pillars of the Agenda for Action, and the themes of each")
    about = gettext_lazy("An initiative counts for a pillar where one of its themes belongs to it.")
    shape = part("PillarPage")

    def rows(self) -> Iterable[dict[str, Any]]:
        counts = counts_of("pillar")
        for pillar in Pillar:
            yield _coded(
                *("pillar", pillar, pillar.label, counts),
                description=str(PILLAR_DESCRIPTIONS[pillar]),
                url=settings.SITE_URL + pillar_url(pillar),
                themes=[theme.value for theme in Theme if PILLAR_OF[theme] == pillar],
            )


class CollectionListView(WholeListView):
    follows = False  # the log of changes does not tell of one in which nothing is yet
    name = "listCollections"
    summary = gettext_lazy("Collections: the calls that initiatives answer")
    about = gettext_lazy("A collection takes submissions between its dates.")
    shape = part("CollectionPage")

    def rows(self) -> Iterable[dict[str, Any]]:
        counts = counts_of("collection")
        for row in Collection.objects.all():
            yield {
                "code": row.slug,
                "name": row.name,
                "description": row.description or None,
                "opens_on": row.opens_on.isoformat(),
                "closes_on": row.closes_on.isoformat() if row.closes_on else None,
                "open": row.is_open,
                "initiatives": counts.get(row.slug, 0),
                "url": settings.SITE_URL + collection_url(row.slug),
                "initiatives_url": found_url(collection=row.slug),
            }
