"""Mails about submissions: on which move, to whom, in which words."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from accounts.models import User
from initiatives import ownership, services
from initiatives.models import Initiative, Submission
from initiatives.rules import works_on
from initiatives.services.staff_edits import edits_of
from initiatives.vocabulary import Origin
from moderation.models import Decision
from moderation.workflow import Preview
from outbox.services import render, send_later

# Moves that contributors hear of; the words are in templates/initiatives/mail/<move>.txt, subject on the first line.
# Nobody is told of spam.
TOLD = frozenset({"submit", "retract", "approve", "request_changes", "reject"})


def tell_of_submission(submission: Submission, decision: Decision) -> None:
    """Mail the people concerned, each in their language, about a move. The mails leave after commit."""
    for person, template, context in _letters(submission, decision):
        send_later(template, context, to=person, occasion=f"decision-{decision.pk}-{person.pk}")


def preview_of_submission(submission: Submission, decision: Decision) -> list[Preview]:
    """Return the letters that `decision`, which is not written, would cause."""
    letters = _letters(submission, decision)
    return [Preview(person, *render(template, context, to=person)) for person, template, context in letters]


def language_of_submission(submission: Submission) -> str:
    return submission.author.language or settings.LANGUAGE_CODE


def _letters(submission: Submission, decision: Decision) -> Iterator[tuple[User, str, dict[str, Any]]]:
    if decision.move not in TOLD or submission.origin != Origin.FORM:
        return
    context = _context(submission, decision)
    for person in people_concerned(submission):
        edited = _edited(submission, person) if decision.move == "approve" else []
        yield person, f"initiatives/mail/{decision.move}.txt", {**context, "edited": edited}
    if decision.move == "approve" and is_correction(submission):
        yield from _letters_to_owners(submission)


def _letters_to_owners(submission: Submission) -> Iterator[tuple[User, str, dict[str, Any]]]:
    """Whoever answers for a measure hears that somebody else has corrected it."""
    initiative, number = ownership.version_of(submission)
    path = reverse("initiatives:history", args=[initiative.reference, initiative.slug])
    context = {
        "title": initiative.title,
        "compare_url": f"{settings.SITE_URL}{path}?from={number - 1}&to={number}",
        "correct_url": settings.SITE_URL + reverse("initiatives:correct", args=[initiative.reference]),
    }
    told = people_concerned(submission)
    for person in ownership.owners_to_tell(submission, initiative):
        if person not in told:
            yield person, "initiatives/mail/corrected.txt", context


def _edited(submission: Submission, person: User) -> list[str]:
    """Return the names of what the secretariat changed, in the language of the person."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        edits = edits_of(submission)
        return [capfirst(label) for label in edits.labels_of_changes()] if edits else []


def people_concerned(submission: Submission) -> list[User]:
    """Return the author, and the colleagues who sent it and who edited it last; nobody who has left."""
    sent = submission.decisions.filter(move="submit").select_related("decided_by").first()
    others = [sent and sent.decided_by, submission.edited_by]
    people = {submission.author_id: submission.author}
    people |= {other.pk: other for other in others if other and works_on(other, submission)}
    return [person for person in people.values() if person.is_active and not person.is_system]


def _context(submission: Submission, decision: Decision) -> dict[str, Any]:
    """What the letters may say: nothing of who decided, nor of the notes among colleagues."""
    # As it is by now: the submission may hold it as it was before it was published anew.
    initiative = Initiative.objects.filter(pk=submission.initiative_id).first()
    return {
        "title": submission.title,
        "reason": decision.public_reason,
        "is_correction": is_correction(submission),
        "is_again": submission.decisions.filter(move="submit").exclude(pk=decision.pk).exists(),
        "private_url": settings.SITE_URL + reverse("initiatives:submission", args=[submission.key]),
        "public_url": settings.SITE_URL + initiative.get_absolute_url() if initiative else "",
    }


def is_correction(submission: Submission) -> bool:
    """Whether it changes something published. What is new has an initiative too, once it is approved."""
    if submission.initiative_id is None:
        return False
    return not submission.initiative.versions.filter(number=1, submission=submission).exists()


def on_membership_confirmed(sender, membership, **kwargs) -> None:
    services.refresh_marks(membership.user, membership.organisation)
