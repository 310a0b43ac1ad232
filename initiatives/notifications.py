"""Mails about submissions: on which move, to whom, in which words."""

from django.conf import settings
from django.urls import reverse

from initiatives import services
from initiatives.models import Submission
from initiatives.vocabulary import Origin
from moderation.models import Decision
from outbox.services import send_later

# Moves that the author hears of; the words are in templates/initiatives/mail/<move>.txt, subject on the first line.
TOLD = frozenset({"submit", "approve", "request_changes", "reject"})


def tell_of_submission(submission: Submission, decision: Decision) -> None:
    """Mail the author, in their language, about a move that concerns them. The mail leaves after commit."""
    if decision.move not in TOLD or submission.origin != Origin.FORM or submission.author.is_system:
        return
    path = reverse("initiatives:submission", args=[submission.key])
    context = {
        "submission": submission,
        "decision": decision,
        "private_url": settings.SITE_URL + path,
        "public_url": _public_url(submission),
    }
    occasion = f"decision-{decision.pk}-{submission.author_id}"
    send_later(f"initiatives/mail/{decision.move}.txt", context, to=submission.author, occasion=occasion)


def _public_url(submission: Submission) -> str:
    return settings.SITE_URL + submission.initiative.get_absolute_url() if submission.initiative else ""


def on_membership_confirmed(sender, membership, **kwargs) -> None:
    services.refresh_marks(membership.user, membership.organisation)
