"""How long moderation takes: measured from the record of decisions, never promised."""

import datetime
import statistics

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from moderation.models import Decision, Moderated
from moderation.workflow import workflow_of

FEWEST = 5  # decisions; a median of fewer says nothing
REMEMBERED = 600  # seconds
SENDING = "submit"


def median_time_to_decide(model: type[Moderated], *, weeks: int = 12) -> datetime.timedelta | None:
    """Return the median time between sending and deciding, over what people decided in the last `weeks`.

    None where fewer than FEWEST were. Remembered for some minutes.
    """
    key = f"moderation-median-{model._meta.label_lower}-{weeks}"
    return cache.get_or_set(key, lambda: _median(times_to_decide(model, weeks=weeks)), REMEMBERED)


def times_to_decide(model: type[Moderated], *, weeks: int) -> list[datetime.timedelta]:
    """Return the time from the last sending to the decision of a person that answered it, for each answer.

    What machines sent does not count.
    """
    since = timezone.now() - datetime.timedelta(weeks=weeks)
    answers = answers_of_people(model).filter(decided_at__gte=since)
    return [decided - sent for decided, sent in answers.values_list("decided_at", "sent_at") if sent]


def answers_of_people(model: type[Moderated]) -> QuerySet[Decision]:
    """The answers that people gave and nobody took back, each with `sent_at`: when what it answers was sent.

    `sent_at` is None where a machine sent it. What is held still counts already; undone or stopped, it is no answer.
    """
    sent = of_same_subject().filter(move=SENDING, pk__lt=OuterRef("pk")).order_by("-pk")
    by_person = Case(When(by_machine=False, then=F("decided_at")))
    later = of_same_subject().filter(pk__gt=OuterRef("pk")).order_by("pk")
    undoing = [move.name for move in workflow_of(model).moves.values() if move.undoes]
    answers = answers_of(model).filter(by_machine=False).order_by()
    answers = answers.alias(next_move=Coalesce(Subquery(later.values("move")[:1]), Value("")))
    return answers.exclude(next_move__in=undoing).annotate(sent_at=Subquery(sent.values_list(by_person)[:1]))


def answers_of(model: type[Moderated]) -> QuerySet[Decision]:
    """The decisions that answer what was sent: the moves that are held before they take effect."""
    return Decision.objects.filter(content_type=ContentType.objects.get_for_model(model), move__in=answering(model))


def answering(model: type[Moderated]) -> list[str]:
    """The names of the moves that answer what was sent."""
    return [move.name for move in workflow_of(model).moves.values() if move.held]


def of_same_subject() -> QuerySet[Decision]:
    return Decision.objects.filter(content_type=OuterRef("content_type"), object_id=OuterRef("object_id"))


def _median(times: list[datetime.timedelta]) -> datetime.timedelta | None:
    return statistics.median(times) if len(times) >= FEWEST else None
