"""Organisations in the admin: accepted, verified, edited, and merged where there are two of one."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.admin.inlines import MembersOfOrganisation
from accounts.admin.memberships import tell
from accounts.admin.merging import merge_url, merge_view
from accounts.admin.record import decisions_so_far
from accounts.models import Organisation
from common.text import clean_line


class OrganisationForm(forms.ModelForm):
    """A domain confirms memberships by itself, so it must be the organisation's own."""

    def clean_name(self):
        return clean_line(self.cleaned_data["name"])

    def clean_domain(self):
        domain = self.cleaned_data["domain"].strip().lower()
        if domain in services.PUBLIC_MAIL_DOMAINS:
            raise ValidationError(_("Anybody can have an address there; it says nothing about an organisation."))
        return domain


class DuplicateFilter(admin.SimpleListFilter):
    """The work list of likely duplicates. Those that were merged are out of the way unless asked for."""

    title, parameter_name = _("duplicates"), "duplicates"

    def lookups(self, request, model_admin):
        return [("likely", _("look like another one")), ("merged", _("merged"))]

    def queryset(self, request, queryset):
        if self.value() == "likely":
            return queryset.looking_like_others()
        if self.value() == "merged":
            return queryset.filter(merged_into__isnull=False)
        return queryset.kept()


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    """Accepted and verified by actions; name, type, country and domain are edited here."""

    form = OrganisationForm
    inlines = [MembersOfOrganisation]
    list_display = ["name", "short_name", "stakeholder_type", "country", "domain", "is_accepted", "is_marked_verified"]
    list_filter = [
        DuplicateFilter,
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
        "merging",
        "decisions_so_far",
    ]
    readonly_fields = ["accepted_at", "verified_at", "proposed_by", "created_at", "merging", "decisions_so_far"]
    actions = ["accept", "verify", "unverify", "merge"]

    @admin.display(description=_("accepted"), boolean=True, ordering="accepted_at")
    def is_accepted(self, organisation):
        return organisation.accepted_at is not None

    @admin.display(description=_("verified"), boolean=True, ordering="verified_at")
    def is_marked_verified(self, organisation):
        return organisation.is_verified

    @admin.display(description=_("duplicates"))
    def merging(self, organisation):
        """Where a merged one went; else what looks like it, and the way to merge."""
        if organisation.pk is None:
            return "–"
        if organisation.merged_into_id:
            url = reverse("admin:accounts_organisation_change", args=[organisation.merged_into_id])
            words = _("Merged into %(kept)s by %(who)s. It is offered to nobody.")
            link = format_html('<a href="{}">{}</a>', url, organisation.merged_into)
            return format_html(
                str(words).replace("%(kept)s", "{}").replace("%(who)s", "{}"), link, organisation.merged_by
            )
        others = services.likely_duplicates(organisation)
        lines = [
            (merge_url(organisation, one), _("Merge with"), one, one.country or _("International")) for one in others
        ]
        lines_html = format_html_join("", '<li><a href="{}">{} <bdi>{}</bdi></a> ({})</li>', lines)
        any_other = format_html('<li><a href="{}">{}</a></li>', merge_url(organisation), _("Merge with another one"))
        return format_html("<ul>{}{}</ul>", lines_html, any_other)

    @admin.display(description=_("decisions so far"))
    def decisions_so_far(self, organisation):
        return decisions_so_far(organisation) if organisation.pk else "–"

    def get_urls(self):
        merge = self.admin_site.admin_view(lambda request: merge_view(self, request))
        return [path("merge/", merge, name="accounts_organisation_merge"), *super().get_urls()]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:  # staff made it, so it is offered at once
            services.accept_organisation(obj, by=request.user)
        elif "domain" in form.changed_data:
            confirmed = services.confirm_by_domain(organisation=obj)
            if confirmed:
                words = _("Memberships that an e-mail on the domain has confirmed: %d.") % confirmed
                self.message_user(request, words)

    def has_change_permission(self, request, obj=None):
        is_merged = obj is not None and obj.merged_into_id is not None
        return not is_merged and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Accept: offer to everyone"), permissions=["change"])
    def accept(self, request, queryset):
        tell(self, request, [services.accept_organisation(one, by=request.user) for one in queryset])

    @admin.action(description=_("Give the mark “verified”"), permissions=["change"])
    def verify(self, request, queryset):
        tell(self, request, [services.set_verified(one, True, by=request.user) for one in queryset])

    @admin.action(description=_("Take away the mark “verified”"), permissions=["change"])
    def unverify(self, request, queryset):
        tell(self, request, [services.set_verified(one, False, by=request.user) for one in queryset])

    @admin.action(description=_("Merge two"), permissions=["change"])
    def merge(self, request, queryset):
        chosen = list(queryset.order_by("created_at", "pk")[:3])
        if len(chosen) != 2:
            self.message_user(request, _("Choose exactly two to merge."), messages.ERROR)
            return None
        return redirect(merge_url(chosen[1], chosen[0]))
