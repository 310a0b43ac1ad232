"""The admin's door: the portal's own sign-in, and a second factor for all staff outside the demonstration."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.rules import has_second_factor
from reg4covid.lookups import guarded


class PortalAdminSite(admin.AdminSite):
    site_header = _("Moderation and administration")
    site_title = settings.SITE_NAME
    site_url = "/"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Every admin, whoever registers it, answers only what its own filters ask."""
        super().register(model_or_iterable, guarded(admin_class or admin.ModelAdmin), **options)

    def index(self, request, extra_context=None):
        """Show the queue: what waits, and below it what there is."""
        from moderation.admin import queue  # it registers with this very site

        return queue.index(self, request, extra_context)

    def get_urls(self):
        from moderation.admin import queue

        return [*queue.urls(self), *super().get_urls()]

    def has_permission(self, request) -> bool:
        """Staff who have a second factor; in the demonstration all staff."""
        return super().has_permission(request) and has_second_factor(request.user)

    def login(self, request, extra_context=None):
        """Send staff without a second factor to set one up, everybody else through the portal's sign-in."""
        user = request.user
        if user.is_authenticated and user.is_active and user.is_staff and not self.has_permission(request):
            messages.warning(request, _("Set up a second factor first: the admin asks all staff for one."))
            return redirect("mfa_index")
        return secure_admin_login(super().login)(request, extra_context)
