"""People in the admin: their roles, and closing their account."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts import leaving, rules
from accounts.admin.inlines import MembershipsOfPerson
from accounts.forms import PersonForm
from accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People make their own accounts; administrators give them roles. Passwords and e-mail are the person's own."""

    form = PersonForm
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
        "leaving",
    ]
    always_readonly = ["email", "is_superuser", "is_system", "date_joined", "last_login", "left_at", "leaving"]

    @admin.display(description=_("account"))
    def leaving(self, person):
        if person.is_system or person.left_at:
            return "–"
        url = reverse("admin:accounts_user_leave", args=[person.pk])
        return format_html('<a href="{}">{}</a>', url, _("Close the account and make it anonymous"))

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

    def get_urls(self):
        leave = self.admin_site.admin_view(self.leave_view)
        return [path("<int:pk>/leave/", leave, name="accounts_user_leave"), *super().get_urls()]

    def leave_view(self, request, pk: int):
        """Say what will be deleted, and do it: for somebody who has asked for it another way."""
        person = get_object_or_404(User, pk=pk)
        if person == request.user:
            return redirect("people:leave")
        if not rules.may_make_anonymous(request.user, person):
            raise PermissionDenied
        if request.method == "POST":
            return self._leave(request, person)
        title = _("Close the account of %(name)s?") % {"name": person}
        context = {**self.admin_site.each_context(request), "opts": self.opts, "person": person, "title": title}
        context["is_last_administrator"] = leaving.is_last_administrator(person)
        return TemplateResponse(request, "accounts/admin/leave.html", context)

    def _leave(self, request, person: User):
        try:
            leaving.leave(person, by=request.user)
        except leaving.LastAdministrator:
            self.message_user(request, _("This is the only administrator."), messages.ERROR)
        else:
            self.log_change(request, person, "Made anonymous.")
            self.message_user(request, _("The account is closed and says nothing of the person any more."))
        return redirect("admin:accounts_user_change", person.pk)
