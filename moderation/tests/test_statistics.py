"""How long moderation takes: only what people sent and people decided, and only where there is enough of it."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from moderation.models import Decision
from moderation.statistics import median_time_to_decide, times_to_decide
from moderation.workflow import registered
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def model():
    """Whatever has decisions that are held: here, things that somebody sends."""
    return next(model for model, workflow in registered().items() if "submit" in workflow.moves)


def write(model, thing: int, move: str, *, ago: float, by: User) -> None:
    """A decision `ago` hours before now."""
    row = Decision(
        content_type=ContentType.objects.get_for_model(model),
        object_id=thing,
        subject_name="x",
        move=move,
        from_status="x",
        to_status="y",
        decided_by=by,
        decided_by_name=by.name,
        by_machine=by.is_system,
    )
    row.decided_at = NOW - timedelta(hours=ago)
    field = Decision._meta.get_field("decided_at")
    field.auto_now_add = False
    try:
        row.save(force_insert=True)
    finally:
        field.auto_now_add = True


def story(model, thing: int, *moves: tuple[str, float], by=None, sent_by=None) -> None:
    by, sent_by = by or ModeratorFactory(), sent_by or UserFactory()
    for move, ago in moves:
        write(model, thing, move, ago=ago, by=sent_by if move == "submit" else by)


def hours(model, weeks=12) -> list[float]:
    return sorted(round(time / timedelta(hours=1), 3) for time in times_to_decide(model, weeks=weeks))


def test_time_runs_from_the_last_sending_to_the_decision(model):
    story(model, 1, ("submit", 100), ("request_changes", 90), ("submit", 50), ("claim", 49), ("approve", 47))
    assert hours(model) == [3, 10]


def test_things_are_kept_apart(model):
    story(model, 1, ("submit", 100))
    story(model, 2, ("submit", 50))
    story(model, 1, ("approve", 40))
    assert hours(model) == [60]


@pytest.mark.parametrize("taken_back", ["undo", "stop"])
def test_what_was_taken_back_is_no_answer(model, taken_back):
    story(model, 1, ("submit", 100), ("approve", 99), (taken_back, 98.9), ("reject", 80))
    assert hours(model) == [20]


def test_claims_and_retractions_are_no_answers(model):
    story(model, 1, ("submit", 100), ("claim", 99), ("release", 98), ("retract", 97))
    assert hours(model) == []


def test_machines_do_not_count(model):
    machine = UserFactory(is_system=True)
    story(model, 1, ("submit", 100), ("approve", 99), by=machine)
    story(model, 2, ("submit", 100), ("approve", 99), sent_by=machine)
    assert hours(model) == []


def test_only_the_last_weeks_count(model):
    story(model, 1, ("submit", 24 * 7 * 13), ("approve", 24 * 7 * 12 + 1))
    story(model, 2, ("submit", 24 * 7 * 13), ("approve", 24 * 7 * 12 - 1))
    assert len(hours(model)) == 1


def test_median_says_nothing_of_fewer_than_five(model):
    for thing, wait in enumerate((1, 2, 30, 40), start=1):
        story(model, thing, ("submit", 50), ("approve", 50 - wait))
    assert median_time_to_decide(model) is None
    cache.clear()
    story(model, 9, ("submit", 50), ("approve", 47))
    assert median_time_to_decide(model) == timedelta(hours=3)


def test_median_is_remembered(model, django_assert_num_queries):
    for thing in range(1, 6):
        story(model, thing, ("submit", 50), ("approve", 40))
    assert median_time_to_decide(model) == timedelta(hours=10)
    with django_assert_num_queries(0):
        assert median_time_to_decide(model) == timedelta(hours=10)
