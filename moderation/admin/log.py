"""The decision log."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from moderation.admin.filters import KindFilter, MadeByFilter, MoveFilter
from moderation.models import Decision
from moderation.templatetags.moderation import from_label, move_label, to_label


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """The log: read, filtered and searched, never written here. The database refuses changes in any case."""

    list_display = ["decided_at", "subject_link", "kind", "move_name", "result", "decided_by_name", "reason"]
    list_display_links = ["decided_at"]
    list_filter = [KindFilter, MoveFilter, MadeByFilter, "decided_at"]
    search_fields = ["subject_name", "decided_by_name", "public_reason", "private_note"]
    show_full_result_count = False
    fields = [
        ("subject_link", "kind"),
        ("move_name", "change"),
        ("decided_by", "decided_by_name", "by_machine"),
        "decided_at",
        "reason_code",
        "public_reason",
        "private_note",
    ]
    readonly_fields = ["subject_link", "kind", "move_name", "change"]
    list_select_related = ["decided_by"]

    def changelist_view(self, request, extra_context=None):
        wide = {"title": _("Decision log"), "is_nav_sidebar_enabled": False}
        return super().changelist_view(request, {**wide, **(extra_context or {})})

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("subject"), ordering="subject_name")
    def subject_link(self, decision: Decision) -> str:
        kind = ContentType.objects.get_for_id(decision.content_type_id)
        if kind.model_class() not in self.admin_site._registry:
            return decision.subject_name
        url = reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[decision.object_id])
        return format_html('<a href="{}">{}</a>', url, decision.subject_name or _("(no name)"))

    @admin.display(description=_("kind"))
    def kind(self, decision: Decision) -> str:
        return ContentType.objects.get_for_id(decision.content_type_id).name

    @admin.display(description=_("move"), ordering="move")
    def move_name(self, decision: Decision) -> str:
        return move_label(decision)

    @admin.display(description=_("from, to"))
    def change(self, decision: Decision) -> str:
        return _("%(before)s, now %(after)s") % {"before": from_label(decision), "after": to_label(decision)}

    @admin.display(description=_("status since"), ordering="to_status")
    def result(self, decision: Decision) -> str:
        return to_label(decision)

    @admin.display(description=_("reason"))
    def reason(self, decision: Decision) -> str:
        return Truncator(decision.public_reason).chars(80)
