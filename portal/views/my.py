"""The contributor's own page."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, UpdateView

from accounts.forms import ProfileForm
from accounts.models import Membership
from initiatives.models import Submission


class MyView(LoginRequiredMixin, ListView):
    """What I and my confirmed colleagues have sent or begun, newest first."""

    template_name = "portal/my.html"
    context_object_name = "submissions"
    paginate_by = 20

    def get_queryset(self):
        return (
            Submission.objects.of(self.request.user)
            .select_related("organisation", "initiative", "author")
            .order_by("-updated_at", "-pk")
        )

    def get_context_data(self, **kwargs):
        memberships = Membership.objects.filter(user=self.request.user).select_related("organisation")
        return super().get_context_data(memberships=memberships.order_by("organisation__name"), **kwargs)


class ProfileView(LoginRequiredMixin, UpdateView):
    """The name and handle that others see."""

    form_class = ProfileForm
    template_name = "portal/profile.html"
    success_url = reverse_lazy("portal:my")

    def get_object(self, queryset=None):
        return self.request.user

    def form_valid(self, form):
        messages.success(self.request, _("Saved."))
        return super().form_valid(form)
