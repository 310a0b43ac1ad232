"""Addresses and second factors, which allauth keeps. The secrets are in no page."""

from allauth.account.admin import EmailAddressAdmin  # both register themselves first, to be replaced
from allauth.account.models import EmailAddress
from allauth.mfa.admin import AuthenticatorAdmin
from allauth.mfa.models import Authenticator
from django.contrib import admin

from common.admin import ReadOnly

admin.site.unregister([EmailAddress, Authenticator])


@admin.register(EmailAddress)
class AddressAdmin(ReadOnly, EmailAddressAdmin):
    """Read only, but for confirming an address whose owner was reached another way."""

    list_select_related = ["user"]


@admin.register(Authenticator)
class SecondFactorAdmin(AuthenticatorAdmin):
    """Second factors by kind and day. The secrets are in no page; whoever lost theirs has them deleted here."""

    fields = readonly_fields = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
