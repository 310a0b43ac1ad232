"""The record of decisions on organisations: read, filtered and taken away as a file, never written here."""

from collections.abc import Iterator

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import record
from accounts.models import Organisation, OrganisationDecision
from common.admin import ReadOnly, WideList
from common.csv import csv_response
from common.moments import time_tag

COLUMNS = ["number", "when", "decision", "organisation_number", "organisation", "merged_into", "member", "by"]
AT_ONCE = 2_000  # rows in memory


@admin.register(OrganisationDecision)
class OrganisationDecisionAdmin(ReadOnly, WideList, admin.ModelAdmin):
    """The database refuses changes in any case."""

    change_list_template = "accounts/admin/record_list.html"
    list_display = ["when", "kind", "about", "member", "by"]
    list_filter = ["kind", "decided_at", ("decided_by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person"]
    list_per_page = 50
    list_title = _("Decisions on organisations and memberships")
    search_fields = ["organisation_name", "merged_into_name", "decided_by_name"]
    show_full_result_count = False
    fields = readonly_fields = ["kind", "about", "member", "by", "when"]

    class Media:
        css = {"all": ["css/admin-portal.css"]}

    @admin.display(description=_("when"), ordering="decided_at")
    def when(self, decision: OrganisationDecision) -> str:
        return time_tag(decision.decided_at)

    @admin.display(description=_("organisation"), ordering="organisation_name")
    def about(self, decision: OrganisationDecision) -> str:
        return _about(decision)

    @admin.display(description=_("member"))
    def member(self, decision: OrganisationDecision) -> str:
        return format_html("<bdi>{}</bdi>", decision.person) if decision.person else "–"

    @admin.display(description=_("by"), ordering="decided_by_name")
    def by(self, decision: OrganisationDecision) -> str:
        return format_html("<bdi>{}</bdi>", decision.who)

    def get_urls(self):
        export = self.admin_site.admin_view(self.export_view)
        return [path("export/", export, name="accounts_organisationdecision_export"), *super().get_urls()]

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Send the decisions that the list of the same query string shows; that somebody took them is written down."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return redirect(reverse("admin:accounts_organisationdecision_changelist"))
        number = rows.count()
        words = ngettext("Export of %(number)d decision", "Export of %(number)d decisions", number)
        LogEntry.objects.create(
            user=request.user,
            content_type=ContentType.objects.get_for_model(OrganisationDecision),
            object_repr=words % {"number": number},
            action_flag=CHANGE,
            change_message=request.GET.urlencode(),
        )
        return csv_response(_table(rows), f"organisation-decisions-{timezone.localdate().isoformat()}.csv")


def decisions_so_far(organisation: Organisation) -> str:
    """Return the record of an organisation, and of those that were merged into it, as a list."""
    rows = [
        (time_tag(one.decided_at), one.get_kind_display(), _of_whom(one), one.who) for one in record.of(organisation)
    ]
    if not rows:
        return str(_("None yet."))
    lines = format_html_join("", "<li>{} · <strong>{}</strong>{} · <bdi>{}</bdi></li>", rows)
    return format_html('<ul class="record">{}</ul>', lines)


def _of_whom(decision: OrganisationDecision) -> str:
    if decision.person:
        return format_html(" · <bdi>{}</bdi>", decision.person)
    if decision.merged_into_name:
        return format_html(" · <bdi>{}</bdi> → <bdi>{}</bdi>", decision.organisation_name, decision.merged_into_name)
    return ""


def _about(decision: OrganisationDecision) -> str:
    url = reverse("admin:accounts_organisation_change", args=[decision.organisation_id])
    link = format_html('<a href="{}"><bdi>{}</bdi></a>', url, decision.organisation_name)
    if not decision.merged_into_name:
        return link
    return format_html("{} → <bdi>{}</bdi>", link, decision.merged_into_name)


def _table(rows: QuerySet[OrganisationDecision]) -> Iterator[list[object]]:
    yield COLUMNS
    for one in rows.iterator(chunk_size=AT_ONCE):
        when = timezone.localtime(one.decided_at).isoformat(timespec="seconds")
        organisation = [one.organisation_id, one.organisation_name, one.merged_into_name]
        yield [one.pk, when, str(one.get_kind_display()), *organisation, str(one.person or ""), one.who]
