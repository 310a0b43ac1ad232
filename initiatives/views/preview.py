"""A draft as the public will see it: the public page, drawn from what has not been sent yet."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag

from accounts.models import Organisation
from accounts.rules import is_confirmed_member
from accounts.services import similar_organisations
from initiatives import rules, services, validation
from initiatives.forms.alike import lookalikes_of
from initiatives.models import CONTENT_FIELDS, Initiative, Submission
from initiatives.services import marks
from initiatives.versions import Rows
from initiatives.views.mine import ContributorView
from moderation.services import MoveRefused, transition


class PublicFace:
    """An initiative that is no row: it has the public columns of a draft and nothing else of it."""

    def __init__(self, submission: Submission) -> None:
        row = Initiative(**{name: getattr(submission, name) for name in CONTENT_FIELDS})
        row.collection = submission.collection  # the object too: it is here already
        row.published_on = row.version = None
        row.author_is_confirmed = is_confirmed_member(submission.author, submission.organisation)
        row.mark = marks.checked_by_people(row)
        self._row = row
        self.organisation = submission.organisation or Organisation(
            name=submission.organisation_name, stakeholder_type=submission.organisation_type
        )
        row.stakeholder_type = self.organisation.stakeholder_type
        self.countries, self.sources = Rows(submission.countries.all()), Rows(submission.sources.all())
        self.attachments = Rows(submission.attachments.all())
        self.tags = Rows(Tag(name=name) for name in submission.tag_names)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


class SubmissionPreviewView(ContributorView):
    """Shows what the public would see and what is missing; sends it from there."""

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        submission = self.workable(key)
        if not rules.may_edit(request.user, submission):
            return self.moved_on(submission)
        prefetch_related_objects([submission], "countries", "sources", "attachments")
        problems = validation.problems_of(submission)
        context = {
            "submission": submission,
            "initiative": PublicFace(submission),
            "follows": submission.follows,
            "problems": [error.messages[0] for errors in problems.values() for error in errors],
            "lookalikes": [] if problems else lookalikes_of(submission, reader=request.user),
        }
        return render(request, "initiatives/submission_preview.html", context)

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        submission = self.workable(key)
        if not rules.may_edit(request.user, submission):
            return self.moved_on(submission)
        if request.POST.get("revision") != str(submission.revision):
            messages.warning(request, _("The text was changed after you opened the preview. Please look again."))
            return redirect("initiatives:preview", key)
        return self.send_it(submission)

    def send_it(self, submission: Submission) -> HttpResponse:
        user = self.request.user
        if _may_be_known(submission):
            messages.warning(self.request, _("Please say first whether your organisation is one that we know already."))
            return redirect(f"{reverse('initiatives:edit', args=[submission.key])}#id_organisation_name")
        try:
            followed = services.follow_public(submission, by=user)
            if followed.revision != submission.revision:
                words = _("The public text has changed since you began; what you had not touched follows it.")
                messages.warning(self.request, f"{words} {_('Please look again.')}")
                return redirect("initiatives:preview", submission.key)
            behind = services.behind(submission)
            if behind and behind.contested:
                messages.warning(
                    self.request, _("The public text has changed since you began, where you change it too.")
                )
                return redirect(f"{reverse('initiatives:edit', args=[submission.key])}#newer-public")
            if lookalikes_of(submission, reader=user):
                if "is_another_one" not in self.request.POST:
                    messages.warning(self.request, _("Please say first whether it is one of those listed below."))
                    return redirect("initiatives:preview", submission.key)
                submission = services.save_draft(submission, by=user, values={"is_another_one": True})
            transition(submission, "submit", by=user)
        except ValidationError:  # what is missing is listed there
            return redirect("initiatives:preview", submission.key)
        except (PermissionDenied, MoveRefused):
            return self.moved_on(submission)
        messages.success(self.request, _("Sent for review. We mail you when it is decided."))
        return redirect("initiatives:submission", submission.key)


def _may_be_known(submission: Submission) -> bool:
    """Whether the organisation that it names is called nearly as one that we know: the form asks which is meant."""
    name, country = submission.organisation_name, submission.organisation_country_id
    return not submission.organisation_id and bool(similar_organisations(name, country))
