"""“Claim the next one”: the oldest that nobody has claimed, of those that a moderator looks after."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from moderation import duties
from moderation.attempts import attempt
from moderation.models import Moderated
from moderation.queue import sources_for
from moderation.workflow import workflow_of

TRIED = 50  # candidates: some are one's own, and some are claimed by a colleague in the same moment


class ClaimNext:
    """The part of ModeratedAdmin that hands out work. `claim_move` names the move; empty where there is none."""

    claim_move = "claim"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_next"
        return [path("next/", self.admin_site.admin_view(self.next_view), name=name), *super().get_urls()]

    def claim_next_url(self, request: HttpRequest, filters: str = "") -> str:
        """Return where to ask for the next one, and to come back to the list with `filters`; empty where none may."""
        if self.claim_move not in self.staff_moves or not self.has_change_permission(request):
            return ""
        return self.with_filters(self._url("next"), filters)

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """Claim the next one and open it."""
        if request.method != "POST":
            return redirect(self.list_url())
        if not self.claim_next_url(request):
            raise PermissionDenied
        move = workflow_of(self.model).moves[self.claim_move]
        for subject in self._unclaimed(request):
            tried = attempt(subject, move, by=request.user, hint=self.hint)
            if tried.changed:
                self.message_user(request, _("It is yours now. Decide, or release it for others."), messages.SUCCESS)
                return redirect(self._page_url(request, subject))
        self.message_user(request, _("Nothing waits unclaimed in your regions."), messages.INFO)
        return redirect(self.list_url(self.list_filters(request)))

    def _unclaimed(self, request) -> list[Moderated]:
        regions = duties.regions_in_queue(duties.of(request.user))
        filters = {"claimed": "nobody"} | ({"region": regions} if regions else {})
        found = [
            (getattr(subject, source.since), subject.pk, subject)
            for source in sources_for(request.user)
            if source.model is self.model
            for subject in source.narrowed(filters, request.user).order_by(source.since, "pk")[:TRIED]
        ]
        return [subject for _since, _key, subject in sorted(found, key=lambda one: one[:2])[:TRIED]]
