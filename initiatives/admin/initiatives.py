"""What is public: read here, archived, removed and restored here; its text changes by corrections."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from initiatives.admin import facts
from initiatives.admin.filters import RegionFilter
from initiatives.admin.reviews import MOVES, ReviewFilter, Reviews
from initiatives.models import Initiative
from initiatives.queue import regions_of
from initiatives.vocabulary import InitiativeStatus, SubmissionStatus
from moderation.admin import ModeratedAdmin


@admin.register(Initiative)
class InitiativeAdmin(Reviews, ModeratedAdmin):
    """Every initiative, whatever its status, newest first."""

    staff_moves = (*MOVES, "archive", "unarchive", "remove", "restore")
    decision_template = "initiatives/admin/initiative.html"
    list_display = ["reference", "name", "status", "mark", "speaker", "theme", "published_on", "version", "origin"]
    list_display_links = ["reference", "name"]
    list_filter = [
        ReviewFilter,
        "mark",
        RegionFilter,
        "theme",
        "collection",
        "language",
        "origin",
    ]
    search_fields = ["reference", "title", "organisation__name", "organisation__short_name"]
    list_select_related = ["organisation"]
    ordering = ["-pk"]

    @admin.display(description=_("title"), ordering="title")
    def name(self, initiative):
        return format_html('<bdi lang="{}">{}</bdi>', initiative.language_code, initiative.title)

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def speaker(self, initiative):
        """Its name, with its mark in words."""
        mark = (
            format_html(' <span class="quiet">{}</span>', _("✓ verified"))
            if initiative.organisation.is_verified
            else ""
        )
        return format_html("<bdi>{}</bdi>{}", initiative.organisation.name, mark)

    def page_context(self, request, subject) -> dict:
        return {
            "public": facts.read(subject, list(subject.tags.names())),
            "sources": subject.sources.select_related("link"),
            "attachments": subject.attachments.all(),
            "regions": regions_of(subject),
            "versions": subject.versions.defer("content"),
            "submissions": subject.submissions.exclude(status=SubmissionStatus.DRAFT),
            "is_public": subject.status != InitiativeStatus.REMOVED,
        }
