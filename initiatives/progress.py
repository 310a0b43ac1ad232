"""Where a submission stands, in the contributor's words. Moderators have no name here, and their notes no place."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.models import Submission
from initiatives.vocabulary import SubmissionStatus as S


@dataclass(frozen=True)
class Standing:
    """The status in a few words, the class of its shape, what it means, and the next step, which may be empty."""

    words: Any
    shape: str
    meaning: Any
    next_step: Any = ""


STANDINGS = {
    S.DRAFT: Standing(
        _("Draft"),
        "neutral",
        _("Not sent yet. Only you and confirmed colleagues of your organisation see it."),
        _("Complete it and send it for review. You can stop at any time."),
    ),
    S.SUBMITTED: Standing(
        _("Waiting for a moderator"),
        "ahead",
        _("Sent for review, and not public yet. We mail you when it is decided."),
    ),
    S.IN_REVIEW: Standing(
        _("A moderator is looking at it"), "ahead", _("Not public yet. We mail you when it is decided.")
    ),
    S.CHANGES_REQUESTED: Standing(
        _("Changes requested"),
        "attention",
        _("A moderator asks for changes before it can be public:"),
        _("Change the text and send it again."),
    ),
    S.APPROVED: Standing(
        _("Published"),
        "positive",
        _("It was approved and is public."),
        _("If something changes, propose a correction; the public text stays until that is approved."),
    ),
    S.REJECTED: Standing(_("Not accepted"), "negative", _("It is not public. A moderator did not accept it:")),
    S.RETRACTED: Standing(_("Retracted"), "ended", _("It was taken back before a decision. It is not public.")),
    S.SPAM: Standing(_("Marked as spam"), "negative", _("A moderator marked it as spam. It is not public.")),
}
NEXT_LINK = {S.DRAFT: _("Continue"), S.CHANGES_REQUESTED: _("Change and send again")}

STEPS = {
    "submit": _("Sent for review"),
    "retract": _("Retracted"),
    "claim": _("Being looked at"),
    "release": _("Back in the queue"),
    "approve": _("Approved"),
    "request_changes": _("Changes requested"),
    "reject": _("Not accepted"),
    "mark_as_spam": _("Marked as spam"),
}
OF_CONTRIBUTORS = ("submit", "retract")


@dataclass(frozen=True)
class Step:
    """One entry of the timeline."""

    words: Any
    who: Any
    at: datetime.datetime
    reason: str


def standing_of(submission: Submission) -> Standing:
    return STANDINGS[S(submission.status)]


def timeline(submission: Submission, reader) -> list[Step]:
    """Return what happened to it, oldest first, with public reasons only."""
    columns = ("move", "decided_at", "decided_by_id", "decided_by_name", "public_reason")
    return [
        Step(STEPS.get(row["move"], row["move"]), _who(row, reader), row["decided_at"], row["public_reason"])
        for row in submission.decisions.order_by("pk").values(*columns)
    ]


def reason_of(submission: Submission) -> str:
    """Return why changes were asked for or why it was not accepted; empty in every other standing."""
    if submission.status not in (S.CHANGES_REQUESTED, S.REJECTED):
        return ""
    return submission.decisions.values_list("public_reason", flat=True).first() or ""


def _who(row: dict[str, Any], reader) -> Any:
    if row["decided_by_id"] == reader.pk:
        return _("you")
    return row["decided_by_name"] if row["move"] in OF_CONTRIBUTORS else _("a moderator")
