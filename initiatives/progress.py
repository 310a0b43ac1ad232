"""Where a submission stands, in the contributor's words. Moderators have no name here, and their notes no place."""

import datetime
import math
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.rules import is_confirmed_member
from initiatives import rules, schema
from initiatives.comparison import Comparison, compare
from initiatives.models import InitiativeVersion, Submission
from initiatives.sent import SentText, text_for_contributors
from initiatives.vocabulary import SubmissionStatus as S
from moderation.statistics import median_time_to_decide


@dataclass(frozen=True)
class Standing:
    """The status in a few words, the class of its shape, what it means, and the next step, which may be empty."""

    words: Any
    shape: str
    meaning: Any
    next_step: Any = ""


_WAIT = _("There is nothing to do now. You can retract it until it is decided.")
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
        _WAIT,
    ),
    S.IN_REVIEW: Standing(
        _("A moderator is looking at it"), "ahead", _("Not public yet. We mail you when it is decided."), _WAIT
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
    S.REJECTED: Standing(
        _("Not accepted"),
        "negative",
        _("It is not public. A moderator did not accept it:"),
        _("If you can answer the reason, begin a new one with this text."),
    ),
    S.RETRACTED: Standing(
        _("Retracted"),
        "ended",
        _("It was taken back before a decision. It is not public."),
        _("If it is to be public after all, begin a new one with this text."),
    ),
    S.SPAM: Standing(_("Marked as spam"), "negative", _("A moderator marked it as spam. It is not public.")),
}
NEXT_LINK = {S.DRAFT: _("Continue"), S.CHANGES_REQUESTED: _("Change and send again")}

# What a person's own list can be narrowed to.
STATES = {
    "draft": (_("Drafts"), (S.DRAFT,)),
    "waiting": (_("Waiting"), (S.SUBMITTED, S.IN_REVIEW)),
    "changes": (_("Changes requested"), (S.CHANGES_REQUESTED,)),
    "published": (_("Published"), (S.APPROVED,)),
    "closed": (_("Not accepted or retracted"), (S.REJECTED, S.RETRACTED, S.SPAM)),
}

# What is said instead of a correction: the public text stays meanwhile.
OF_CORRECTIONS = {
    S.SUBMITTED: _("Your correction was sent for review. The public text stays until it is approved."),
    S.IN_REVIEW: _("The public text stays until your correction is approved. We mail you when it is decided."),
    S.APPROVED: _("Your correction was approved and is public."),
    S.REJECTED: _("The public text stays as it is. A moderator did not accept the correction:"),
    S.RETRACTED: _("The correction was taken back before a decision. The public text stays as it is."),
    S.SPAM: _("A moderator marked it as spam. The public text stays as it is."),
}

STEPS = {
    "submit": _("Sent for review"),
    "retract": _("Retracted"),
    "approve": _("Approved"),
    "request_changes": _("Changes requested"),
    "reject": _("Not accepted"),
    "mark_as_spam": _("Marked as spam"),
}  # other moves are the moderators' own affair
OF_CONTRIBUTORS = ("submit", "retract")


@dataclass(frozen=True)
class Step:
    """One entry of the timeline."""

    move: str
    who: Any
    at: datetime.datetime
    reason: str

    @property
    def words(self) -> Any:
        return STEPS[self.move]

    @property
    def is_decision(self) -> bool:
        return self.move not in OF_CONTRIBUTORS


def standing_of(submission: Submission, *, is_correction: bool = False) -> Standing:
    """Return where it stands as contributors may know it: of a held decision they learn at its end."""
    standing = STANDINGS[submission.shown_status]
    if is_correction and submission.shown_status in OF_CORRECTIONS:
        return replace(standing, meaning=OF_CORRECTIONS[submission.shown_status])
    return standing


def timeline(submission: Submission, reader) -> list[Step]:
    """Return what happened to it, oldest first, with public reasons only.

    What was decided and taken back before it took effect never happened, nor what is still held. A decision bears the
    time at which it took effect.
    """
    steps: list[Step] = []
    for row in submission.decisions.order_by("pk").values(*_COLUMNS):
        move = submission.workflow.moves.get(row["move"])
        if move and move.undoes:
            steps = steps[:-1]
        elif move and move.hastens:
            steps[-1:] = [replace(step, at=row["decided_at"]) for step in steps[-1:]]
        else:
            at = row["takes_effect_at"] or row["decided_at"]
            steps.append(Step(row["move"], _who(row, reader), at, row["public_reason"]))
    return [step for step in (steps[:-1] if submission.is_held else steps) if step.move in STEPS]


def reason_of(submission: Submission) -> str:
    """Return why changes were asked for or why it was not accepted; empty in every other standing."""
    wanted = {S.CHANGES_REQUESTED: "request_changes", S.REJECTED: "reject"}.get(submission.shown_status)
    found = submission.decisions.filter(move=wanted).values_list("public_reason", flat=True) if wanted else None
    return (found.first() or "") if found is not None else ""


def usual_time() -> str:
    """Return how long moderation takes these days, as measured; empty where too little was decided to say."""
    median = median_time_to_decide(Submission)
    if median is None:
        return ""
    hours = math.ceil(median / datetime.timedelta(hours=1))
    if hours <= 24:
        words = ngettext("Usually decided within an hour", "Usually decided within %(count)d hours", max(hours, 1))
        return words % {"count": max(hours, 1)}
    days = math.ceil(hours / 24)
    return ngettext("Usually decided within %(count)d day", "Usually decided within %(count)d days", days) % {
        "count": days
    }


def team_of(submission: Submission) -> list[str]:
    """Return the names of those who work on it, the author first: colleagues where all are confirmed members."""
    names, organisation = [submission.author.name], submission.organisation
    if is_confirmed_member(submission.author, organisation):
        confirmed = organisation.memberships.confirmed().filter(user__is_active=True).exclude(user=submission.author_id)
        names += confirmed.order_by("user__name").values_list("user__name", flat=True)
    return names


def why_not_retracted(submission: Submission) -> str:
    """Return why it cannot be taken back, without a word about a decision that is still held."""
    if submission.shown_status in (*rules.WAITING, S.CHANGES_REQUESTED):
        return gettext("Not possible at the moment: a moderator is at work on it. Try again later.")
    standing = standing_of(submission)
    return gettext("Not possible any more: it is “%(status)s” now.") % {"status": standing.words}


@dataclass(frozen=True)
class Correction:
    """What a correction changes: against the public text, or once it is published against the version before."""

    comparison: Comparison
    version: int  # that it is compared with
    became: int | None  # the version that it became
    changed_since: InitiativeVersion | None  # a version that was published after the correction was begun


def correction_of(submission: Submission) -> Correction | None:
    """Return what the correction changes; None where its version cannot be told any more."""
    initiative = submission.initiative
    if submission.shown_status == S.APPROVED:
        became = initiative.versions.filter(submission=submission).first()
        before = became and initiative.versions.filter(number=became.number - 1).first()
        return before and Correction(compare(before.content, became.content), before.number, became.number, None)
    text = text_for_contributors(submission)
    proposed = text.content if isinstance(text, SentText) else schema.draft_content(submission)
    public = schema.version_content(initiative)
    newer = initiative.versions.filter(published_at__gt=submission.created_at).defer("content").first()
    return Correction(compare(public, proposed), initiative.version, None, newer)


_COLUMNS = ("move", "decided_at", "takes_effect_at", "decided_by_id", "decided_by_name", "public_reason")


def _who(row: dict[str, Any], reader) -> Any:
    if row["decided_by_id"] == reader.pk:
        return _("you")
    return row["decided_by_name"] if row["move"] in OF_CONTRIBUTORS else _("a moderator")
