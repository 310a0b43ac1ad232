"""Who sent it, and what else they and their organisation have sent: beside the text on the decision page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from accounts.models import Membership
from accounts.rules import has_confirmed_email, may_confirm_membership
from initiatives.models import Submission
from initiatives.vocabulary import Origin, SubmissionStatus

LATEST = 5
_ROW = ("pk", "title", "language", "status", "submitted_at", "held_until")


@dataclass(frozen=True)
class History:
    """How many were sent with which outcome, and the latest of them."""

    counts: Sequence[tuple[Any, int]]
    latest: Sequence[Submission]


def of(submission: Submission, reader) -> dict[str, Any]:
    """Return what the page says of the sender; `reader` is the moderator."""
    author, organisation = submission.author, submission.organisation
    is_of_people = submission.origin == Origin.FORM
    membership = Membership.objects.filter(user=author, organisation=organisation).first() if is_of_people else None
    others = Submission.objects.exclude(status=SubmissionStatus.DRAFT).exclude(pk=submission.pk)
    return {
        "is_of_machine_origin": not is_of_people,
        "membership": membership,
        "membership_url": membership and reverse("admin:accounts_membership_change", args=[membership.pk]),
        "may_confirm": bool(membership and not membership.is_confirmed and may_confirm_membership(reader, membership)),
        "email_is_confirmed": has_confirmed_email(author),
        "history": _history(others.filter(author=author)) if is_of_people else None,
        "organisation_history": _history(others.filter(organisation=organisation).exclude(author=author))
        if organisation
        else None,
    }


def _history(rows: QuerySet[Submission]) -> History:
    counts = dict(rows.order_by().values_list("status").annotate(Count("pk")))
    latest = rows.order_by("-pk").only(*_ROW)[:LATEST]
    return History([(status.label, counts[status]) for status in SubmissionStatus if status in counts], list(latest))
