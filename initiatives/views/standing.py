"""Where a submission stands, and taking it back. Strangers get the answer "not found"."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from initiatives import notifications, progress, rules, services
from initiatives.models import Initiative, Submission, SubmissionAttachment
from initiatives.sent import text_for_contributors
from initiatives.views.mine import ContributorView, PrivateView
from initiatives.views.public import download
from initiatives.vocabulary import SubmissionStatus
from moderation.services import MoveRefused, transition


class SubmissionDetailView(PrivateView):
    """Where it stands, what happened, what to do next, and the text as it will be."""

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        return render(request, "initiatives/submission_detail.html", self.context(self.submission(key)))

    def context(self, submission: Submission) -> dict[str, Any]:
        user, shown = self.request.user, submission.shown_status
        works = rules.works_on(user, submission)
        corrects = notifications.is_correction(submission)
        initiative = submission.initiative
        gone = initiative is not None and initiative.status == Initiative.Status.REMOVED
        steps = progress.timeline(submission, user)
        return {
            "submission": submission,
            "text": text_for_contributors(submission),
            "initiative": initiative,
            "gone": gone,
            "corrects": corrects,
            "standing": progress.standing_of(submission, is_correction=corrects),
            "reason": progress.reason_of(submission),
            "steps": steps,
            "decided": next((step for step in reversed(steps) if step.is_decision), None),
            "usually": progress.usual_time() if shown in rules.WAITING else "",
            "has_texts": works and bool(steps),  # sent once, at least
            "team": progress.team_of(submission),
            "correction": progress.correction_of(submission) if corrects and not gone else None,
            "may_edit": works and rules.may_edit(user, submission),
            "may_retract": works and shown in (*rules.WAITING, SubmissionStatus.CHANGES_REQUESTED),
            "may_delete": rules.may_delete(user, submission),
            "may_begin_again": rules.may_begin_again(user, submission),
            "may_correct": initiative is not None and not gone and shown == SubmissionStatus.APPROVED,
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
        except MoveRefused:  # why is the moderators' affair where a decision is still held
            messages.error(request, progress.why_not_retracted(submission))
        return redirect("initiatives:submission", submission.key)


class SubmissionAgainView(ContributorView):
    """Begin a new draft with the text of what was retracted or not accepted."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        draft = services.begin_again(self.workable(key), by=request.user)
        messages.success(request, _("This is a new draft with the text of before. Change it, then send it."))
        return redirect("initiatives:edit", draft.key)


class SubmissionDeleteView(PrivateView):
    """Delete a draft that was never sent; asked once more first."""

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        return render(request, "initiatives/submission_delete.html", {"submission": self.own(key)})

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        submission = self.own(key)
        try:
            services.delete_draft(submission, by=request.user)
        except PermissionDenied:
            messages.error(request, _("What was sent once is kept. Retract it instead."))
            return redirect("initiatives:submission", submission.key)
        messages.success(request, _("The draft was deleted."))
        return redirect("portal:my")

    def own(self, key: uuid.UUID) -> Submission:
        """Return it to whoever began it; colleagues may change it, and not destroy it."""
        submission = self.workable(key)
        if submission.author_id != self.request.user.pk:
            raise PermissionDenied
        return submission


class SubmissionAttachmentView(PrivateView):
    """A file of a submission, for those who may see it: to be saved, never to be shown or run here."""

    def get(self, request: HttpRequest, key: uuid.UUID, pk: int, name: str) -> HttpResponse:
        submission = self.submission(key)
        response = download(get_object_or_404(SubmissionAttachment, submission=submission, pk=pk))
        response["Cache-Control"] = "private, no-store"
        return response
