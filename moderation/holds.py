"""What is decided and has not taken effect yet: reads over everything that is moderated."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet

from moderation.models import Decision, Moderated
from moderation.workflow import TAKE_EFFECT_NOW, Move, registered


@dataclass(frozen=True)
class Held:
    """A thing whose latest decision is held."""

    subject: Moderated
    decision: Decision

    @property
    def key(self) -> str:
        """How forms name it."""
        return f"{self.subject._meta.label_lower}-{self.subject.pk}"

    @property
    def kind(self) -> str:
        return str(self.subject._meta.verbose_name)

    @property
    def move(self) -> Move:
        return self.subject.workflow.moves[self.decision.move]

    @property
    def is_scheduled(self) -> bool:
        """Whether somebody chose the time."""
        return self.decision.takes_effect_at > self.decision.decided_at + settings.DECISION_HOLD


def models_with_holds() -> list[type[Moderated]]:
    return [model for model, workflow in registered().items() if TAKE_EFFECT_NOW in workflow.moves]


def held_count(models: Iterable[type[Moderated]] | None = None) -> int:
    """Return how many decisions are held or scheduled. One query for each kind that has any."""
    return held_counts(models)[0]


def held_counts(models: Iterable[type[Moderated]] | None = None) -> tuple[int, int]:
    """Return how many decisions are held or scheduled, and how many of them could not take effect when they should."""
    stuck = Count("pk", filter=~Q(hold_problem=""))
    found = [_rows(model).aggregate(held=Count("pk"), stuck=stuck) for model in _these(models)]
    return sum(one["held"] for one in found), sum(one["stuck"] for one in found)


def held(models: Iterable[type[Moderated]] | None = None, *, limit: int = 500) -> list[Held]:
    """Return what is held, the soonest first. Two queries for each kind that has any."""
    found = [one for model in _these(models) for one in _with_decisions(model, limit)]
    return sorted(found, key=lambda one: (one.subject.held_until, one.decision.pk))[:limit]


def held_of(subject: Moderated) -> Held | None:
    """Return the held decision on `subject`, if there is one."""
    return Held(subject, subject.decisions.first()) if subject.is_held else None


def _these(models: Iterable[type[Moderated]] | None) -> Iterable[type[Moderated]]:
    return models_with_holds() if models is None else models


def _rows(model: type[Moderated]) -> QuerySet:
    return model._base_manager.filter(held_until__isnull=False)


def _with_decisions(model: type[Moderated], limit: int) -> list[Held]:
    subjects = {subject.pk: subject for subject in _rows(model).order_by("held_until")[:limit]}
    about = Decision.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=list(subjects))
    latest = about.order_by("object_id", "-pk").distinct("object_id")
    return [Held(subjects[decision.object_id], decision) for decision in latest]
