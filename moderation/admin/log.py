"""The decision log."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.rules import is_administrator
from common.admin import ReadOnly, WideList
from common.moments import time_tag
from moderation.admin.export import DecisionExport, exports, may_take_notes
from moderation.admin.holds import HeldDecisions
from moderation.admin.log_form import LogFilter
from moderation.admin.statistics import DecisionStatistics
from moderation.models import WORDS, Decision, Reason
from moderation.templatetags.moderation import from_label, move_label, to_label


@admin.register(Decision)
class DecisionAdmin(HeldDecisions, DecisionExport, DecisionStatistics, ReadOnly, WideList, admin.ModelAdmin):
    """The log: read, filtered and searched, never written here. The database refuses changes in any case."""

    change_list_template = "moderation/log_list.html"
    list_display = ["when", "subject_link", "kind", "move_name", "result", "by", "reason_label", "reason"]
    list_display_links = ["when"]
    list_filter = [LogFilter]
    list_per_page = 50
    list_title = _("Decision log")
    search_fields = WORDS
    show_full_result_count = False
    fields = [
        ("subject_link", "kind"),
        ("move_name", "change"),
        ("decided_by", "decided_by_name", "by_machine"),
        ("when", "effect"),
        "reason_label",
        "public_reason",
        "private_note",
    ]
    readonly_fields = ["subject_link", "kind", "move_name", "change", "when", "effect", "reason_label"]
    list_select_related = False

    class Media:
        css = {"all": ["css/admin-portal.css"]}

    def changelist_view(self, request, extra_context=None):
        more = {
            "with_notes": may_take_notes(request.user),
            "exports": exports()[:5] if is_administrator(request.user) else [],
        }
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def get_queryset(self, request):
        label = Reason.objects.filter(code=OuterRef("reason_code")).values("label")
        return super().get_queryset(request).annotate(reason_words=Subquery(label))

    @admin.display(description=_("when"), ordering="decided_at")
    def when(self, decision: Decision) -> str:
        return time_tag(decision.decided_at)

    @admin.display(description=_("takes effect"))
    def effect(self, decision: Decision) -> str:
        return time_tag(decision.takes_effect_at)

    @admin.display(description=_("subject"), ordering="subject_name")
    def subject_link(self, decision: Decision) -> str:
        kind = ContentType.objects.get_for_id(decision.content_type_id)
        if kind.model_class() not in self.admin_site._registry:
            return format_html("<bdi>{}</bdi>", decision.subject_name)
        url = reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[decision.object_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', url, decision.subject_name or _("(no name)"))

    @admin.display(description=_("kind"))
    def kind(self, decision: Decision) -> str:
        return ContentType.objects.get_for_id(decision.content_type_id).name

    @admin.display(description=_("move"), ordering="move")
    def move_name(self, decision: Decision) -> str:
        return move_label(decision)

    @admin.display(description=_("from, to"))
    def change(self, decision: Decision) -> str:
        return _("%(before)s, now %(after)s") % {"before": from_label(decision), "after": to_label(decision)}

    @admin.display(description=_("status then"), ordering="to_status")
    def result(self, decision: Decision) -> str:
        return _labelled(_("Status then"), to_label(decision))

    @admin.display(description=_("by"), ordering="decided_by_name")
    def by(self, decision: Decision) -> str:
        """The name, and the way to everything else that the same person did."""
        name = format_html('<a href="?person={}"><bdi>{}</bdi></a>', decision.decided_by_id, decision.decided_by_name)
        return _labelled(_("By"), name)

    @admin.display(description=_("frequent reason"), ordering="reason_code")
    def reason_label(self, decision: Decision) -> str:
        """The words that staff know; the code where they have gone."""
        words = decision.reason_words or decision.reason_code
        if not words:
            return format_html('<span class="queue-none">{}</span>', "–")
        return _labelled(_("Frequent reason"), words)

    @admin.display(description=_("reason"))
    def reason(self, decision: Decision) -> str:
        return format_html("<bdi>{}</bdi>", Truncator(decision.public_reason).chars(80))


def _labelled(label: str, value: str) -> str:
    """Return the cell of a list which, where there is no room for columns, says what it is."""
    return format_html('<span class="queue-label">{}: </span>{}', label, value)
