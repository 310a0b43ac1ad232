"""The contributor's own page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, UpdateView

from accounts.forms import ProfileForm
from accounts.models import Membership
from initiatives import progress
from initiatives.models import Initiative, Submission

PUBLIC_SHOWN = 20


class MyView(LoginRequiredMixin, ListView):
    """What I and my confirmed colleagues have sent or begun, newest first."""

    template_name = "portal/my.html"
    context_object_name = "submissions"
    paginate_by = 20

    def get_queryset(self):
        rows = Submission.objects.of(self.request.user)
        _label, statuses = progress.STATES.get(self.request.GET.get("state"), ("", ()))
        rows = rows.shown_as(*statuses) if statuses else rows
        return rows.select_related("organisation", "initiative", "author").order_by("-updated_at", "-pk")

    def get_context_data(self, **kwargs):
        user = self.request.user
        memberships = list(Membership.objects.filter(user=user).shown_to_person())
        is_member = any(one.is_confirmed for one in memberships)
        public = Initiative.objects.public().owned_by(user).newest().for_list()
        return super().get_context_data(
            memberships=memberships,
            requests=Membership.objects.to_be_answered_by(user) if is_member else [],
            states=self.states(),
            public=public[:PUBLIC_SHOWN],
            **kwargs,
        )

    def states(self) -> list[dict[str, Any]]:
        """What the list can be narrowed to, with how many there are of each."""
        counts, chosen = Submission.objects.of(self.request.user).counts_as_shown(), self.request.GET.get("state", "")
        numbers = [("", _("All"), sum(counts.values()))]
        for code, (label, statuses) in progress.STATES.items():
            numbers.append((code, label, sum(counts.get(status, 0) for status in statuses)))
        return [
            {"code": code, "label": label, "number": number, "chosen": code == chosen}
            for code, label, number in numbers
            if number or not code
        ]


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
