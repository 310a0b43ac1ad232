"""Pages that gather: themes, pillars, collections and tags; organisations have a module of their own."""

from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from common.text import clean_line
from initiatives import discussions
from initiatives.addresses import code_of_slug, collection_url, pillar_url, theme_url
from initiatives.gathering import Gathering, KnownTag, counts_of, known_tag, known_tags
from initiatives.models import Collection
from initiatives.vocabulary import PILLAR_DESCRIPTIONS, PILLAR_OF, THEME_DESCRIPTIONS, Pillar, Theme

TAGS_PER_PAGE = 100


class GatheringView(TemplateView):
    """What one thing gathers, at its one address: other spellings of it redirect."""

    filter_name = ""  # of the list's filters

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        address = self.address
        if request.path != unquote(address):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        return super().get(request, *args, **kwargs)

    @property
    def address(self) -> str:
        """The path of the page; raises Http404 where there is no such thing."""
        raise NotImplementedError

    @property
    def value(self) -> str:
        """The value of the filter."""
        raise NotImplementedError

    @cached_property
    def gathering(self) -> Gathering:
        return Gathering(self.filter_name, self.value)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        canonical = settings.SITE_URL + self.address
        return super().get_context_data(
            **kwargs, gathering=self.gathering, query=self.gathering.query, canonical=canonical
        )


class ThemeListView(TemplateView):
    """The twelve themes under their pillars; /pillars/ shows the same with what the pillars are about."""

    template_name = "initiatives/gathering/theme_list.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        counts = counts_of("theme")
        pillars = [
            (pillar, PILLAR_DESCRIPTIONS[pillar], pillar_url(pillar), _themes(pillar, counts)) for pillar in Pillar
        ]
        canonical = settings.SITE_URL + self.request.path
        return super().get_context_data(pillars=pillars, canonical=canonical, **kwargs)


class PillarListView(ThemeListView):
    template_name = "initiatives/gathering/pillar_list.html"


def _themes(pillar: Pillar, counts: dict[str, int] | None = None) -> list[tuple]:
    """Return the themes of a pillar: themselves, what they are about, their address and how many there are."""
    return [
        (theme, THEME_DESCRIPTIONS[theme], theme_url(theme), (counts or {}).get(theme, 0))
        for theme in Theme
        if PILLAR_OF[theme] == pillar
    ]


class ThemeView(GatheringView):
    template_name = "initiatives/gathering/theme.html"
    filter_name = "theme"

    @property
    def value(self) -> str:
        return self.theme.value

    @property
    def address(self) -> str:
        return theme_url(self.theme)

    @cached_property
    def theme(self) -> Theme:
        return _code(Theme, self.kwargs["slug"])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        pillar = PILLAR_OF[self.theme]
        return super().get_context_data(
            **kwargs,
            theme=self.theme,
            discussions=discussions.latest("theme", self.theme.value),
            about=THEME_DESCRIPTIONS[self.theme],
            pillar=pillar,
            pillar_url=pillar_url(pillar),
            others=[row for row in _themes(pillar) if row[0] != self.theme],
            crumbs=[(_("Themes"), reverse("initiatives:themes")), (self.theme.label, "")],
        )


class PillarView(GatheringView):
    template_name = "initiatives/gathering/pillar.html"
    filter_name = "pillar"

    @property
    def value(self) -> str:
        return self.pillar.value

    @property
    def address(self) -> str:
        return pillar_url(self.pillar)

    @cached_property
    def pillar(self) -> Pillar:
        return _code(Pillar, self.kwargs["slug"])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            pillar=self.pillar,
            about=PILLAR_DESCRIPTIONS[self.pillar],
            themes=_themes(self.pillar),
            crumbs=[(_("Pillars"), reverse("initiatives:pillars")), (self.pillar.label, "")],
        )


def _code(codes, slug: str):
    code = code_of_slug(slug)
    if code not in codes.values:
        raise Http404
    return codes(code)


class CollectionListView(TemplateView):
    """The calls, open ones first."""

    template_name = "initiatives/gathering/collection_list.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        counts = counts_of("collection")
        rows = [(row, collection_url(row.slug), counts.get(row.slug, 0)) for row in Collection.objects.all()]
        rows.sort(key=lambda row: not row[0].is_open)
        return super().get_context_data(rows=rows, canonical=settings.SITE_URL + self.request.path, **kwargs)


class CollectionView(GatheringView):
    template_name = "initiatives/gathering/collection.html"
    filter_name = "collection"

    @property
    def value(self) -> str:
        return self.collection.slug

    @property
    def address(self) -> str:
        return collection_url(self.collection.slug)

    @cached_property
    def collection(self) -> Collection:
        return get_object_or_404(Collection, slug__iexact=clean_line(self.kwargs["slug"]))

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        crumbs = [(_("Collections"), reverse("initiatives:collections")), (self.collection.name, "")]
        return super().get_context_data(**kwargs, collection=self.collection, crumbs=crumbs)


class TagListView(TemplateView):
    """The tags that something public carries, by name."""

    template_name = "initiatives/gathering/tag_list.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        words = clean_line(self.request.GET.get("q", ""))[:100]
        page = Paginator(known_tags(words), TAGS_PER_PAGE).get_page(self.request.GET.get("page") or 1)
        canonical = settings.SITE_URL + self.request.path
        return super().get_context_data(page_obj=page, words=words, canonical=canonical, **kwargs)


class TagView(GatheringView):
    template_name = "initiatives/gathering/tag.html"
    filter_name = "tag"

    @property
    def value(self) -> str:
        return self.tag.slug

    @property
    def address(self) -> str:
        return self.tag.url

    @cached_property
    def tag(self) -> KnownTag:
        found = known_tag(clean_line(self.kwargs["slug"]).lower())
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        crumbs = [(_("Tags"), reverse("initiatives:tags")), (self.tag.name, "")]
        return super().get_context_data(**kwargs, tag=self.tag, crumbs=crumbs)
