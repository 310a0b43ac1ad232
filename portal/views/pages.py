"""Pages of words, and the one address of search."""

from typing import Any, ClassVar

from django.views.generic import RedirectView, TemplateView

from initiatives.exports.about import address
from outbox.chores import KEPT


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
    extra_context = {"days_of_letters": KEPT.days}


class SearchView(RedirectView):
    """Search is the list with `q`, as long as initiatives are all there is to find."""

    pattern_name = "initiatives:list"
    query_string = True
