"""The rounds of review: give dates, ask the owners, remind them once, note that nobody answered.

Each function does at most `limit` rows, each in a transaction of its own, and may be called again at any moment: what
is done is not done again. `on` is the day it is taken to be.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Membership, User
from initiatives import rules, status
from initiatives.models import Initiative, Submission
from initiatives.review_dates import OVER, next_date
from initiatives.review_links import Answer, Ticket
from initiatives.services.claims import CLOCK
from initiatives.services.reviews import begun_by, round_until
from initiatives.vocabulary import Mark, SubmissionStatus
from moderation.services import transition
from outbox.services import send_later

REMINDED_AFTER, LAPSES_AFTER = datetime.timedelta(days=14), datetime.timedelta(days=30)
OWNERS_MAX = 5  # letters about one initiative
AT_ONCE = 500


def owners_of(initiative: Initiative) -> list[User]:
    """Return who is asked: who sent it first, else confirmed members of its organisation, the longest ones first.

    Whose membership has ended speaks for the organisation no more, not even about what they sent.
    """
    first = initiative.versions.filter(number=1).select_related("submission__author").defer("content").first()
    author = first.submission.author if first and first.submission else None
    if author and rules.may_answer(author, initiative):
        return [author]
    members = Membership.objects.confirmed().filter(organisation=initiative.organisation_id, user__is_active=True)
    members = members.exclude(user__is_system=True).select_related("user").order_by("confirmed_at", "pk")
    return [member.user for member in members[:OWNERS_MAX]]


def give_dates(on: datetime.date | None = None, *, limit: int = 2_000) -> int:
    """Give a review date to what was published before there were any; return how many got one."""
    on = on or status.today()
    rows = Initiative.objects.without_review_date(on).order_by("pk")[:limit]
    found = [(initiative, next_date(initiative, on)) for initiative in rows]
    dated = [(initiative, day) for initiative, day in found if day]
    for initiative, day in dated:
        Initiative.objects.filter(pk=initiative.pk, review_on=None).update(review_on=day)
    return len(dated)


def close(on: datetime.date | None = None) -> int:
    """End the rounds of measures that have ended by their dates since; return how many."""
    due = Initiative.objects.public().filter(review_on__lte=on or status.today())
    return due.with_measure_status(*OVER, on=on).update(**round_until(None))


def ask(on: datetime.date | None = None, *, limit: int = AT_ONCE) -> int:
    """Mail the owners of what is due, with three answers; return how many initiatives they were asked about."""
    return _each(lambda: _to_ask(on), lambda row: _letter(row, "ask", "review_asked_at"), limit)


def remind(on: datetime.date | None = None, *, limit: int = AT_ONCE) -> int:
    """Mail them once more where nobody has answered for 14 days; return about how many initiatives."""
    return _each(lambda: _to_remind(on), lambda row: _letter(row, "remind", "review_reminded_at"), limit)


def lapse(on: datetime.date | None = None, *, limit: int = AT_ONCE) -> int:
    """Note that nobody has looked for 30 days, by the clock's account; return on how many initiatives."""
    clock = User.objects.system(*CLOCK)
    done = 0
    for rows in (_unanswered, _unseen):
        done += _each(lambda rows=rows: rows(on), lambda row: transition(row, "lapse", by=clock).changed, limit)
    return done


def _each(rows, act, limit: int) -> int:
    return sum(_one(rows, act, pk) for pk in list(rows().values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _one(rows, act, pk: int) -> bool:
    locked = rows().select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    return bool(locked and act(locked))  # answered, or in other hands, since


def _to_ask(on: datetime.date | None) -> QuerySet:
    due = Initiative.objects.due_for_review(on).with_owner()
    return _not_under_way(due.filter(review_asked_at=None))


def _to_remind(on: datetime.date | None) -> QuerySet:
    return _not_under_way(_asked(REMINDED_AFTER, on).filter(review_reminded_at=None))


def _unanswered(on: datetime.date | None) -> QuerySet:
    return _not_under_way(_asked(LAPSES_AFTER, on).filter(overdue_since=None))


def _unseen(on: datetime.date | None) -> QuerySet:
    """Of the secretariat's own: those checked once. What nobody has ever checked says so already."""
    due = Initiative.objects.due_for_review((on or status.today()) - LAPSES_AFTER).of_secretariat()
    return _not_under_way(due.filter(review_asked_at=None, overdue_since=None).exclude(checked=Mark.NOT_CHECKED))


def _asked(ago: datetime.timedelta, on: datetime.date | None) -> QuerySet:
    """Those whose owners were asked so long ago."""
    last = (on or status.today()) - ago
    before = datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time(), datetime.UTC)
    return Initiative.objects.public().filter(review_asked_at__lt=before).order_by("review_asked_at", "pk")


def _not_under_way(rows: QuerySet) -> QuerySet:
    """Without those that a correction of waits for the secretariat: then it is not for the owners to act."""
    undecided = Q(status__in=(SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW)) | Q(held_until__isnull=False)
    return rows.exclude(Exists(Submission.objects.filter(undecided, initiative=OuterRef("pk"))))


def _letter(initiative: Initiative, kind: str, column: str) -> bool:
    """Write to each owner; note in `column` that it was done."""
    owners, due, began = owners_of(initiative), initiative.review_on, begun_by(initiative)
    for person in owners:
        links = {answer.name: Ticket(initiative.pk, due, began, person.pk, answer).url() for answer in Answer}
        asked_at = initiative.review_asked_at or timezone.now()
        context = {
            "initiative": initiative,
            "links": links,
            "public_url": settings.SITE_URL + initiative.get_absolute_url(),
            "answer_by": (asked_at + LAPSES_AFTER).date(),
        }
        occasion = f"review-{kind}-{initiative.pk}-{due}-{began}-{person.pk}"
        # Whoever reads it could answer in the person's name.
        send_later(f"initiatives/mail/review_{kind}.txt", context, to=person, occasion=occasion, is_secret=True)
    if owners:
        Initiative.objects.filter(pk=initiative.pk).update(**{column: timezone.now()})
    return bool(owners)
