"""The three answers of owners, given by the links of a letter without signing in."""

import datetime
from dataclasses import dataclass, replace
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from common.dates import PartialDate
from initiatives import rules
from initiatives.models import Initiative, Submission
from initiatives.review_links import Answer, Ticket
from initiatives.services.drafts import start_correction
from initiatives.services.endings import Ending, open_correction, propose_ending
from initiatives.services.reviews import begun_by
from initiatives.vocabulary import InitiativeStatus
from moderation.models import Decision
from moderation.services import transition
from outbox.services import send_later

MOVES = {Answer.STILL_VALID: "confirm", Answer.HAS_ENDED: "report_end", Answer.WILL_CORRECT: "promise"}
SETTLING = (*MOVES.values(), "source_seen", "ask_later")


class Settled(Exception):
    """Answered meanwhile, or not asked any more."""


@dataclass(frozen=True)
class Question:
    """An initiative, whom a letter asked about it, and the answer that the letter's link gives."""

    initiative: Initiative
    person: User
    answer: Answer
    due: datetime.date
    began: int

    @classmethod
    def of(cls, ticket: Ticket) -> Self:
        """Raises Initiative.DoesNotExist where it is no longer public, PermissionDenied where they no longer own it."""
        rows = Initiative.objects.public(archived=True).select_related("organisation", "collection")
        initiative = rows.prefetch_related("countries").get(pk=ticket.initiative)
        person = User.objects.filter(pk=ticket.person, is_active=True).first()
        if person is None or not rules.is_owner(person, initiative):
            raise PermissionDenied
        return cls(initiative, person, ticket.answer, ticket.due, ticket.began)

    @property
    def is_open(self) -> bool:
        """Whether it is still this round, and nobody has said that the measure has ended."""
        initiative = self.initiative
        same_round = initiative.review_on == self.due and begun_by(initiative) == self.began
        asked = same_round and initiative.review_asked_at is not None
        return asked and initiative.status == InitiativeStatus.PUBLISHED and not self._end_is_undecided()

    def _end_is_undecided(self) -> bool:
        said = self.initiative.decisions.filter(move="report_end", decided_at__gte=self.initiative.review_asked_at)
        by = said.values_list("decided_by", flat=True).first()
        return by is not None and Submission.objects.open().filter(initiative=self.initiative, author=by).exists()

    def settled_by(self) -> Decision | None:
        """Return the decision that answered it, if one did."""
        since = datetime.datetime.combine(self.due, datetime.time(), datetime.UTC)
        settling = self.initiative.decisions.filter(move__in=SETTLING, decided_at__gte=since, pk__gt=self.began)
        return settling.order_by("pk").first()

    def own_correction(self) -> Submission | None:
        return open_correction(self.initiative, by=self.person)

    def locked(self) -> Self:
        """Return the same question on the locked row. Raises Settled; call it in a transaction."""
        row = Initiative.objects.select_for_update().get(pk=self.initiative.pk)
        question = replace(self, initiative=row)
        if not question.is_open:
            raise Settled
        return question


@transaction.atomic
def say_still_valid(question: Question) -> None:
    """Record that it still holds. Raises Settled."""
    _record(question.locked())


@transaction.atomic
def say_ended(
    question: Question, on: PartialDate, *, contributor: dict[str, Any], source_url: str, starts: PartialDate | None
) -> Submission:
    """Send a correction in the person's name; the public text stays until it is approved.

    Raises Settled, and what `propose_ending` raises.
    """
    question = question.locked()
    said = {"contributor": contributor, "source_url": source_url, "starts": starts}
    submission = propose_ending(question.initiative, Ending.ENDED, on, by=question.person, **said)
    _record(question)
    return submission


@transaction.atomic
def say_will_correct(question: Question) -> Submission:
    """Begin a correction for the person, mail its address, and give them time. Raises Settled."""
    question = question.locked()
    submission = question.own_correction() or start_correction(question.initiative, by=question.person)
    _record(question)
    question.initiative.refresh_from_db()
    context = {
        "initiative": question.initiative,
        "private_url": settings.SITE_URL + reverse("initiatives:edit", args=[submission.key]),
        "until": question.initiative.review_on,
    }
    occasion = f"review-correct-{question.initiative.pk}-{question.due}-{question.began}-{question.person.pk}"
    send_later("initiatives/mail/review_correct.txt", context, to=question.person, occasion=occasion)
    return submission


def _record(question: Question) -> None:
    note = _("Answered by the link in the letter.")
    transition(question.initiative, MOVES[question.answer], by=question.person, private_note=note)
