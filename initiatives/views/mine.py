"""The contributor's side: what a person writes, sends and follows. Strangers get the answer "not found"."""

import uuid

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.rules import has_confirmed_email
from initiatives import rules, services
from initiatives.models import Initiative, Submission
from initiatives.views.desk import Desk
from moderation.services import MoveRefused


@method_decorator(never_cache, name="dispatch")
class PrivateView(LoginRequiredMixin, View):
    """A page for people who have signed in; nothing of it stays in a cache."""

    def submission(self, key: uuid.UUID) -> Submission:
        rows = Submission.objects.visible_to(self.request.user)
        related = ("author", "organisation", "organisation_country", "collection", "follows", "initiative")
        return get_object_or_404(rows.select_related(*related), key=key)

    def workable(self, key: uuid.UUID) -> Submission:
        """Return the submission to somebody who works on it; moderators who only vet it may not change it."""
        submission = self.submission(key)
        if not rules.works_on(self.request.user, submission):
            raise PermissionDenied
        return submission


class ContributorView(PrivateView):
    """A page for people whose e-mail is confirmed."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not has_confirmed_email(request.user):
            return render(request, "initiatives/submission_unconfirmed.html", status=403)
        # Only what is sent counts; how much of it is ACCOUNT_RATE_LIMITS in the settings.
        refusal = consume_or_429(request, action="contribute") if request.user.is_authenticated else None
        return refusal or super().dispatch(request, *args, **kwargs)

    def draw(self, desk: Desk) -> HttpResponse:
        context = {"desk": desk, "form": desk.form, "submission": desk.submission, "sources": desk.sources}
        context |= {"formsets": desk.formsets, "formset_errors": desk.formset_errors}
        return render(self.request, "initiatives/submission_form.html", context)

    def act(self, desk: Desk) -> HttpResponse:
        """Save or send what was typed; show it again where something is wrong."""
        sending = self.request.POST.get("action") == "send"
        try:
            done = desk.send() if sending else desk.save()
        except (PermissionDenied, MoveRefused):  # sent a moment ago, from another window or by a colleague
            return self.moved_on(get_object_or_404(Submission.objects.of(self.request.user), key=desk.key))
        if not done:
            return self.draw(desk)
        if sending:
            messages.success(self.request, _("Sent for review. We mail you when it is decided."))
            return redirect("initiatives:submission", desk.key)
        messages.success(self.request, _("Draft saved."))
        return redirect("initiatives:edit", desk.key)

    def moved_on(self, submission: Submission) -> HttpResponse:
        messages.info(self.request, _("This submission cannot be edited now."))
        return redirect("initiatives:submission", submission.key)


class SubmissionCreateView(ContributorView):
    """An empty form. Its key goes with it, so that sending it twice makes one submission; reading makes none."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.draw(Desk(request.user, key=uuid.uuid4()))

    def post(self, request: HttpRequest) -> HttpResponse:
        key = _uuid(request.POST.get("key", ""))
        submission = Submission.objects.filter(author=request.user, key=key).first()
        if submission and not rules.may_edit(request.user, submission):
            return self.moved_on(submission)
        return self.act(Desk(request.user, submission, data=request.POST, files=request.FILES, key=key))


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


class SubmissionEditView(ContributorView):
    """The form of a draft, or of what changes were asked for."""

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        submission = self.workable(key)
        if not rules.may_edit(request.user, submission):
            return self.moved_on(submission)
        return self.draw(Desk(request.user, submission))

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        submission = self.workable(key)
        if not rules.may_edit(request.user, submission):
            return self.moved_on(submission)
        return self.act(Desk(request.user, submission, data=request.POST, files=request.FILES))


class CorrectionCreateView(ContributorView):
    """From a public initiative to a draft that corrects it."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return render(request, "initiatives/submission_correct.html", {"initiative": self.initiative(reference)})

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        submission = services.start_correction(self.initiative(reference), by=request.user)
        return redirect("initiatives:edit", submission.key)

    def initiative(self, reference: str) -> Initiative:
        return get_object_or_404(Initiative.objects.public(archived=True), reference=reference)
