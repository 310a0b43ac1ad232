"""Pages of words, and the one address of search."""

from django.views.generic import RedirectView, TemplateView

from outbox.chores import KEPT


class AboutView(TemplateView):
    template_name = "portal/about.html"


class AccessibilityView(TemplateView):
    template_name = "portal/accessibility.html"


class PrivacyView(TemplateView):
    template_name = "portal/privacy.html"
    extra_context = {"days_of_letters": KEPT.days}


class SearchView(RedirectView):
    """Search is the list with `q`, as long as initiatives are all there is to find."""

    pattern_name = "initiatives:list"
    query_string = True
