"""People, organisations and who speaks for them, as staff see them. Second factors are shown without their secrets."""

from allauth.account.admin import EmailAddressAdmin  # both register themselves first, to be replaced
from allauth.account.models import EmailAddress
from allauth.mfa.admin import AuthenticatorAdmin
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.models import Membership, Organisation, User
from common.text import clean_line

admin.site.unregister([EmailAddress, Authenticator])


class OrganisationForm(forms.ModelForm):
    """A domain confirms memberships by itself, so it must be the organisation's own."""

    def clean_name(self):
        return clean_line(self.cleaned_data["name"])

    def clean_domain(self):
        domain = self.cleaned_data["domain"].strip().lower()
        if domain in services.PUBLIC_MAIL_DOMAINS:
            raise ValidationError(_("Anybody can have an address there; it says nothing about an organisation."))
        return domain


class MembersInline(admin.TabularInline):
    """Who speaks for an organisation, or for which organisations a person speaks: read only."""

    model = Membership
    fk_name = None
    fields = readonly_fields = ["user", "organisation", "status", "requested_at", "confirmed_at", "confirmed_by"]
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "organisation", "confirmed_by")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class MembersOfOrganisation(MembersInline):
    fk_name = "organisation"


class MembershipsOfPerson(MembersInline):
    fk_name = "user"


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    """Accepted and verified by actions; name, type, country and domain are edited here."""

    form = OrganisationForm
    inlines = [MembersOfOrganisation]
    list_display = ["name", "short_name", "stakeholder_type", "country", "domain", "is_accepted", "is_marked_verified"]
    list_filter = [
        ("accepted_at", admin.EmptyFieldListFilter),
        ("verified_at", admin.EmptyFieldListFilter),
        "stakeholder_type",
        "country__region",
    ]
    list_select_related = ["country"]
    search_fields = ["name", "short_name", "domain"]
    autocomplete_fields = ["country"]
    show_full_result_count = False
    fields = [
        ("name", "short_name"),
        "stakeholder_type",
        "country",
        ("domain", "website"),
        ("accepted_at", "verified_at"),
        ("proposed_by", "created_at"),
    ]
    readonly_fields = ["accepted_at", "verified_at", "proposed_by", "created_at"]
    actions = ["accept", "verify", "unverify"]

    @admin.display(description=_("accepted"), boolean=True, ordering="accepted_at")
    def is_accepted(self, organisation):
        return organisation.accepted_at is not None

    @admin.display(description=_("verified"), boolean=True, ordering="verified_at")
    def is_marked_verified(self, organisation):
        return organisation.is_verified

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:  # staff made it, so it is offered at once
            services.accept_organisation(obj)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Accept: offer to everyone"), permissions=["change"])
    def accept(self, request, queryset):
        _tell(self, request, [services.accept_organisation(one) for one in queryset])

    @admin.action(description=_("Give the mark “verified”"), permissions=["change"])
    def verify(self, request, queryset):
        _tell(self, request, [services.set_verified(one, True) for one in queryset])

    @admin.action(description=_("Take away the mark “verified”"), permissions=["change"])
    def unverify(self, request, queryset):
        _tell(self, request, [services.set_verified(one, False) for one in queryset])


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Who asks to speak for whom. Confirming is an action; nothing is edited."""

    list_display = ["user", "organisation", "status", "requested_at", "confirmed_at", "confirmed_by"]
    list_filter = ["status", "requested_at"]
    list_select_related = ["user", "organisation", "confirmed_by"]
    search_fields = ["user__name", "user__email", "organisation__name", "organisation__short_name"]
    show_full_result_count = False
    fields = readonly_fields = ["user", "organisation", "status", "requested_at", "confirmed_at", "confirmed_by"]
    actions = ["confirm"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Confirm"), permissions=["change"])
    def confirm(self, request, queryset):
        done = []
        for membership in queryset:
            try:
                done.append(services.confirm_membership(membership, by=request.user))
            except PermissionDenied:
                words = _("%(membership)s: nobody confirms their own membership.") % {"membership": membership}
                self.message_user(request, words, messages.ERROR)
        _tell(self, request, done)


def _tell(modeladmin: admin.ModelAdmin, request, done: list[bool]) -> None:
    words = _("Changed: %(changed)d. As it was already: %(same)d.") % {
        "changed": done.count(True),
        "same": done.count(False),
    }
    modeladmin.message_user(request, words)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People make their own accounts; administrators give them roles. Passwords and e-mail are the person's own."""

    inlines = [MembershipsOfPerson]
    list_display = ["name", "handle", "email", "is_staff", "is_active", "is_system", "date_joined"]
    list_filter = ["groups", "is_staff", "is_active", "is_system"]
    search_fields = ["name", "handle", "email"]
    show_full_result_count = False
    filter_horizontal = ["groups"]
    fields = [
        ("name", "handle"),
        ("email", "language"),
        ("is_active", "is_staff"),
        "groups",
        ("is_superuser", "is_system"),
        ("date_joined", "last_login", "left_at"),
    ]
    always_readonly = ["email", "is_superuser", "is_system", "date_joined", "last_login", "left_at"]

    def get_readonly_fields(self, request, obj=None):
        if obj == request.user:  # nobody locks themselves out, or up
            return [*self.always_readonly, "is_active", "is_staff", "groups"]
        return self.always_readonly

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """System accounts and those who left stay as they are; a superuser is changed by a superuser only."""
        if obj and (obj.is_system or obj.left_at or (obj.is_superuser and not request.user.is_superuser)):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(EmailAddress)
class AddressAdmin(EmailAddressAdmin):
    """Read only, but for confirming an address whose owner was reached another way."""

    list_select_related = ["user"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


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
