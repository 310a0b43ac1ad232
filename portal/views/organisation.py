"""An organisation as its confirmed members see it."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import ListView

from accounts.models import Membership, Organisation
from initiatives.models import Initiative, Submission

PUBLIC_SHOWN = 20


@method_decorator(never_cache, name="dispatch")
class OrganisationView(LoginRequiredMixin, ListView):
    """Its members, who asks to become one, what they have begun or sent, and what is public. Not found by others."""

    template_name = "portal/my_organisation.html"
    context_object_name = "submissions"
    paginate_by = 20

    @cached_property
    def organisation(self) -> Organisation:
        mine = Membership.objects.confirmed().filter(user=self.request.user).values("organisation")
        rows = Organisation.objects.filter(pk__in=mine).select_related("country")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_queryset(self):
        rows = Submission.objects.of(self.request.user).filter(organisation=self.organisation)
        return rows.select_related("organisation", "initiative", "author").order_by("-updated_at", "-pk")

    def get_context_data(self, **kwargs):
        memberships = Membership.objects.filter(organisation=self.organisation)
        members = memberships.confirmed().filter(user__is_active=True).select_related("user", "confirmed_by")
        public = Initiative.objects.public().filter(organisation=self.organisation).newest().for_list()
        return super().get_context_data(
            organisation=self.organisation,
            requests=memberships.to_be_answered_by(self.request.user),
            members=members.order_by("user__name", "pk"),
            public=public[:PUBLIC_SHOWN],
            **kwargs,
        )
