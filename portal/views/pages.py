"""Pages of words, and the one address of search."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.generic import TemplateView

from common.text import clean_line
from forum import unread
from forum.models import Board
from forum.search import PostMatches
from forum.searching import WORDS_MAX, shown
from forum.services import drafts, pictures, telling
from initiatives import listing
from initiatives.exports.about import address
from initiatives.filters import InitiativeFilter
from outbox.chores import KEPT

SHOWN = 8  # initiatives, and posts


class WordsView(TemplateView):
    """A page that is the same whatever is asked of it; `place` is the name of its address."""

    place: ClassVar[str]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(canonical=address(self.place), **kwargs)


class AboutView(WordsView):
    place = "portal:about"
    template_name = "portal/about.html"


class AccessibilityView(WordsView):
    place = "portal:accessibility"
    template_name = "portal/accessibility.html"


class PrivacyView(WordsView):
    place = "portal:privacy"
    template_name = "portal/privacy.html"
    extra_context = {
        "days_of_letters": KEPT.days,
        "days_of_drafts": drafts.KEPT_FOR.days,
        "days_of_pictures": pictures.KEPT_FOR.days,
        "days_of_news": unread.NEW_FOR.days,
        "days_of_notices": telling.KEPT.days,
    }


class SearchView(TemplateView):
    """What initiatives and discussions say about words, the best of each first, and where to go on."""

    template_name = "portal/search.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        others = request.GET.keys() - {"q"}  # filters are the list's
        if others or not request.GET.get("q", "").strip():
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(reverse("initiatives:list") + (f"?{query}" if query else ""))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = QueryDict(mutable=True)
        asked.update({"q": self.request.GET["q"], "sort": "relevance"})
        chosen = InitiativeFilter(asked)
        page = chosen.page(asked)
        words = clean_line(self.request.GET["q"])
        boards = list(Board.objects.visible_to(self.request.user))
        found = PostMatches(words[:WORDS_MAX], [board.pk for board in boards])
        best = found.best_first()[:SHOWN] if found else []
        return super().get_context_data(
            words=words,
            total=page.total,
            is_exact=not chosen.matches or chosen.matches.is_exact,
            suggestion=chosen.matches.suggestion() if chosen.matches else "",
            items=listing.items(chosen, page._replace(numbers=page.numbers[:SHOWN])),
            posts=shown(found, best, boards),
            found=found,
            **kwargs,
        )
