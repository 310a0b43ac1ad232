"""Memberships as parts of other pages, read only."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, MembershipChange


def who_confirmed(membership: Membership) -> Any:
    """Return who confirmed it, or that an e-mail address did."""
    return _("e-mail on the domain") if membership.is_confirmed_by_domain else membership.confirmed_by or "–"


class MembersInline(admin.TabularInline):
    """Who speaks for an organisation, or for which organisations a person speaks: read only."""

    model = Membership
    fk_name = None
    fields = readonly_fields = ["user", "organisation", "status", "requested_at", "confirmed_at", "who_confirmed"]
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("user", "organisation", "confirmed_by")
        return rows.order_by("-status", "-requested_at")  # by the codes: requested, refused, ended, confirmed

    @admin.display(description=_("confirmed by"))
    def who_confirmed(self, membership):
        return who_confirmed(membership)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class MembersOfOrganisation(MembersInline):
    fk_name = "organisation"


class MembershipsOfPerson(MembersInline):
    fk_name = "user"


class ChangesInline(admin.TabularInline):
    """What became of a membership, newest first."""

    model = MembershipChange
    fields = readonly_fields = ["at", "became", "who", "reason"]
    extra = 0
    can_delete = False

    @admin.display(description=_("by"))
    def who(self, change):
        return change.by or _("e-mail on the domain")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by", "membership__user", "membership__organisation")

    def has_view_permission(self, request, obj=None):
        return True  # whoever may see the membership

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False
