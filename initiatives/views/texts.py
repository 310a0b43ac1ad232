"""The earlier texts of a submission, for those who work on it."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from initiatives import rules, services
from initiatives.comparison import Comparison, Names, compare
from initiatives.models import SubmissionRevision
from initiatives.models.submission import RevisionKind
from initiatives.sent import sent_before_edits, text_for_contributors
from initiatives.views.conflict import private_differences
from initiatives.views.mine import PrivateView

SHOWN = 30  # the newest; there are hardly ever more than a handful


# Readers may have replaced it themselves, in another window.
REPLACED = _("Replaced by a newer text")


@dataclass(frozen=True)
class EarlierText:
    """A kept text, compared with the one of today."""

    revision: SubmissionRevision
    comparison: Comparison

    @property
    def words(self) -> str:
        return REPLACED if self.revision.kind == RevisionKind.REPLACED else self.revision.get_kind_display()


class SubmissionTextsView(PrivateView):
    """What was sent, what a colleague replaced, and what was set aside because a newer text was there."""

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        submission = self.workable(key)
        sent, revisions = sent_before_edits(submission), submission.revisions.all()
        if sent:  # contributors are told of the secretariat's edits when it has decided, and not before
            revisions = revisions.exclude(kind=RevisionKind.EDITED, number__gt=sent.number)
        today, revisions = sent.content if sent else services.text_of(submission), list(revisions[:SHOWN])
        names = Names(today, *(revision.content for revision in revisions))
        texts = [EarlierText(revision, _compared(revision.content, today, names)) for revision in revisions]
        context = {
            "submission": submission,
            "text": text_for_contributors(submission),
            "texts": texts,
            "may_edit": rules.may_edit(request.user, submission),
        }
        return render(request, "initiatives/submission_texts.html", context)


def _compared(then: dict[str, Any], today: dict[str, Any], names: Names) -> Comparison:
    public = compare(then, today, names=names)
    return Comparison([*public.fields, *private_differences(then, today)])
