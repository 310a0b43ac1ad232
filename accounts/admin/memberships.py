"""Memberships in the admin: who asks to speak for whom."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.admin.inlines import ChangesInline, who_confirmed
from accounts.models import Membership
from common.form_fields import CleanCharField


class ReasonForm(ActionForm):
    """What the person is told with a refusal or an end."""

    reason = CleanCharField(
        label=_("Reason, sent to the person:"), required=False, max_length=500, widget=forms.TextInput
    )


def tell(modeladmin: admin.ModelAdmin, request, done: list[bool]) -> None:
    """Say how many rows an action has changed."""
    words = _("Changed: %(changed)d. As it was already: %(same)d.") % {
        "changed": done.count(True),
        "same": done.count(False),
    }
    modeladmin.message_user(request, words)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Confirmed, refused and ended by actions; nothing is edited."""

    action_form = ReasonForm
    inlines = [ChangesInline]
    list_display = ["user", "organisation", "status", "requested_at", "confirmed_at", "who_confirmed"]
    list_filter = ["status", "requested_at"]
    list_select_related = ["user", "organisation", "confirmed_by"]
    search_fields = ["user__name", "user__email", "organisation__name", "organisation__short_name"]
    show_full_result_count = False
    fields = ["user", "email", "organisation", "status", "requested_at", "confirmed_at", "who_confirmed"]
    readonly_fields = fields
    actions = ["confirm", "refuse", "end"]

    @admin.display(description=_("confirmed by"), ordering="confirmed_by")
    def who_confirmed(self, membership):
        return who_confirmed(membership)

    @admin.display(description=_("e-mail"))
    def email(self, membership):
        return membership.user.email

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Confirm"), permissions=["change"])
    def confirm(self, request, queryset):
        words = _("%(membership)s: nobody confirms their own membership.")
        self._each(request, queryset, services.confirm_membership, words)

    @admin.action(description=_("Refuse what is asked for"), permissions=["change"])
    def refuse(self, request, queryset):
        words = _("%(membership)s: nobody refuses their own membership.")
        self._each(request, queryset, services.refuse_membership, words, reason=request.POST.get("reason", ""))

    @admin.action(description=_("End what is confirmed"), permissions=["change"])
    def end(self, request, queryset):
        self._each(request, queryset, services.end_membership, "", reason=request.POST.get("reason", ""))

    def _each(self, request, queryset, service: Callable[..., bool], forbidden, **said) -> None:
        done = []
        for membership in queryset.select_related("user", "organisation"):
            try:
                done.append(service(membership, by=request.user, **said))
            except PermissionDenied:
                self.message_user(request, forbidden % {"membership": membership}, messages.ERROR)
        tell(self, request, done)
