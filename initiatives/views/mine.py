"""The contributor's side: what a person writes, sends and follows. Strangers get the answer "not found"."""

import uuid
from typing import Any

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
from initiatives import progress, rules, services
from initiatives.models import Initiative, Submission, SubmissionAttachment
from initiatives.views.desk import Desk
from initiatives.views.public import download
from initiatives.vocabulary import SubmissionStatus
from moderation.services import MoveRefused, transition


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


class SubmissionDetailView(PrivateView):
    """Where it stands, what happened, what to do next, and the text as it will be."""

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        return render(request, "initiatives/submission_detail.html", self.context(self.submission(key)))

    def context(self, submission: Submission) -> dict[str, Any]:
        user = self.request.user
        works = rules.works_on(user, submission)
        draft = submission.status == SubmissionStatus.DRAFT
        moves = {move.name for move in submission.workflow.open_to(user, submission)} if works else set()
        public = submission.initiative and submission.initiative.status != Initiative.Status.REMOVED
        return {
            "submission": submission,
            "initiative": submission.initiative if public else None,
            "standing": progress.standing_of(submission),
            "reason": progress.reason_of(submission),
            "steps": progress.timeline(submission, user),
            "may_edit": works and submission.status in rules.EDITABLE,
            "may_retract": "retract" in moves,
            "may_delete": works and draft,
            "may_correct": public and submission.status == SubmissionStatus.APPROVED,
        }


class SubmissionRetractView(PrivateView):
    """Take back what was sent; asked once more first."""

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        return render(request, "initiatives/submission_retract.html", {"submission": self.workable(key)})

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        submission = self.workable(key)
        try:
            transition(submission, "retract", by=request.user)
            messages.success(request, _("Retracted. It will not be published."))
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("initiatives:submission", submission.key)


class SubmissionDeleteView(PrivateView):
    """Delete a draft that was never sent; asked once more first."""

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        return render(request, "initiatives/submission_delete.html", {"submission": self.workable(key)})

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        submission = self.workable(key)
        try:
            services.delete_draft(submission, by=request.user)
        except PermissionDenied:
            messages.error(request, _("What was sent once is kept. Retract it instead."))
            return redirect("initiatives:submission", submission.key)
        messages.success(request, _("The draft was deleted."))
        return redirect("portal:my")


class SubmissionAttachmentView(PrivateView):
    """A file of a submission, for those who may see it: to be saved, never to be shown or run here."""

    def get(self, request: HttpRequest, key: uuid.UUID, pk: int, name: str) -> HttpResponse:
        submission = self.submission(key)
        response = download(get_object_or_404(SubmissionAttachment, submission=submission, pk=pk))
        response["Cache-Control"] = "private, no-store"
        return response
