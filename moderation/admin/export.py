"""The decision log as a file: exactly what is filtered, and a record of who took it."""

from collections.abc import Iterator

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.models import User
from accounts.rules import is_administrator
from common.csv import csv_response
from moderation.models import Decision
from moderation.templatetags.moderation import from_label, move_label, to_label

AT_ONCE = 2_000  # rows in memory


class DecisionExport:
    """The part of the decision log's admin that writes the file."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name="moderation_export"), *super().get_urls()]

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Send the decisions that the list of the same query string shows, on all its pages, in its order."""
        if request.method != "POST":  # it writes a record
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            shown = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(reverse(f"{self.admin_site.name}:moderation_decision_changelist"))
        # What is decided while the file is on its way is not in it.
        rows = shown.queryset.filter(pk__lte=Decision.objects.aggregate(latest=Max("pk"))["latest"] or 0)
        said = [*shown.filter_specs[0].form.said, (gettext("Words"), shown.query)]
        record(request.user, rows.count(), [f"{name}: {value}" for name, value in said if value])
        day = timezone.localdate().isoformat()
        return csv_response(table(rows, with_notes=may_take_notes(request.user)), f"decisions-{day}.csv")


def may_take_notes(user: User) -> bool:
    """Whether private notes are in the file. Moderators read them here; a file leaves the house."""
    return is_administrator(user)


def record(user: User, number: int, filters: list[str]) -> LogEntry:
    """Write down that `user` took a file of `number` decisions."""
    words = ngettext("Export of %(number)d decision", "Export of %(number)d decisions", number) % {"number": number}
    return LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Decision),
        object_repr=words,
        action_flag=CHANGE,
        change_message="; ".join(filters) or gettext("All of them"),
    )


def exports() -> QuerySet[LogEntry]:
    """The files that were taken, the latest first."""
    of_log = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Decision), object_id=None)
    return of_log.select_related("user").order_by("-action_time", "-pk")


def table(decisions: QuerySet[Decision], *, with_notes: bool) -> Iterator[list[object]]:
    """Return the headings and the rows of the file, read from the database in parts."""
    headings = ["number", "when", "kind", "subject_number", "subject", "move", "from", "to", "by", "by_system_account"]
    headings += ["held_until", "reason_code", "reason"]
    yield [*headings, "private_note"] if with_notes else headings
    words = {}  # a dozen of them, for any number of rows
    for one in decisions.select_related(None).iterator(chunk_size=AT_ONCE):
        key = (one.content_type_id, one.move, one.from_status, one.to_status)
        kind, *moved = words.get(key) or words.setdefault(key, _words(one))
        who = [one.decided_by_name, "yes" if one.by_machine else "no", _moment(one.takes_effect_at)]
        row = [one.pk, _moment(one.decided_at), kind, one.object_id, one.subject_name, *moved, *who, one.reason_code]
        yield [*row, one.public_reason, one.private_note] if with_notes else [*row, one.public_reason]


def _words(one: Decision) -> list[str]:
    kind = ContentType.objects.get_for_id(one.content_type_id).name
    return [kind, move_label(one), from_label(one), to_label(one)]


def _moment(when) -> str:
    return timezone.localtime(when).isoformat(timespec="seconds") if when else ""
