"""The work list of reviews: what the secretariat must look at itself, and what it has asked others about."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.templatetags.portal import when
from initiatives.models import Initiative

OURS, ASKED, OVERDUE, CONTESTED = "ours", "asked", "overdue", "contested"
COLUMNS = ["reference", "name", "review_due", "owners_asked", "mark", "speaker", "theme", "origin"]
MOVES = ("source_seen", "ask_later", "contest", "settle", "doubt")


class ReviewFilter(admin.SimpleListFilter):
    """By where the review stands; whichever is chosen, the oldest come first."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [
            (OURS, _("due, for the secretariat to look at")),
            (ASKED, _("owners asked, no answer yet")),
            (OVERDUE, _("overdue")),
            (CONTESTED, _("contested")),
        ]

    def queryset(self, request, queryset):
        if self.value() == OURS:
            return queryset.due_for_review().of_secretariat()
        return {
            ASKED: queryset.public().filter(review_asked_at__isnull=False, overdue_since=None),
            OVERDUE: queryset.public().filter(overdue_since__isnull=False),
            CONTESTED: queryset.exclude(status=Initiative.Status.REMOVED).filter(contested_since__isnull=False),
        }.get(self.value(), queryset)


class Reviews:
    """The part of the initiatives' admin that shows reviews; which moves it adds, MOVES says."""

    def is_work_list(self, request) -> bool:
        return bool(request.GET.get(ReviewFilter.parameter_name))

    def get_ordering(self, request):
        return ["review_on", "pk"] if self.is_work_list(request) else super().get_ordering(request)

    def get_list_display(self, request):
        return COLUMNS if self.is_work_list(request) else super().get_list_display(request)

    @admin.display(description=_("review due"), ordering="review_on")
    def review_due(self, initiative):
        return when(initiative.review_on) or "–"

    @admin.display(description=_("owners asked"), ordering="review_asked_at")
    def owners_asked(self, initiative):
        return when(initiative.review_asked_at.date()) if initiative.review_asked_at else "–"
