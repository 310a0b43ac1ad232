"""The statistics of moderation against records whose answer is known."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache

from moderation.figures import Period, Week, counted_models, figures
from moderation.tests.records import story, write
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db

HOUR = 3600
FRIDAY = datetime(2026, 3, 13, 18, tzinfo=UTC)  # of the week that begins on Monday the 9th
SPRING = Period(date(2026, 3, 2), date(2026, 3, 22))  # three weeks


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def model():
    return counted_models()[0]


def weeks(model) -> dict[int, Week]:
    """By the day in March on which the week begins."""
    return {week.starts.day: week for week in figures(model, SPRING).weeks}


def test_every_week_of_the_period_is_there(model):
    assert list(weeks(model)) == [2, 9, 16]


def test_week_begins_on_monday_and_ends_on_sunday(model):
    sender = UserFactory()
    for day in (8, 9, 15, 16):
        write(model, day, "submit", at=datetime(2026, 3, day, 12, tzinfo=UTC), by=sender)
    assert {day: week.sent for day, week in weeks(model).items()} == {2: 1, 9: 2, 16: 1}


def test_days_at_both_ends_belong_to_the_period(model):
    sender = UserFactory()
    for moment in ("2026-03-01T23:59", "2026-03-02T00:00", "2026-03-22T23:59", "2026-03-23T00:00"):
        write(model, 1, "submit", at=datetime.fromisoformat(f"{moment}+00:00"), by=sender)
    assert figures(model, SPRING).total.sent == 2


def test_median_and_ninetieth_are_those_of_the_week_of_the_decision(model):
    for thing, hours in enumerate((1, 2, 3, 4, 10), start=1):
        story(model, thing, ("submit", hours), ("approve", 0), end=FRIDAY)
    story(model, 9, ("submit", 24 * 9), ("reject", 24 * 7), end=FRIDAY)
    found = weeks(model)
    assert (found[9].decided, found[9].median, found[9].ninetieth) == (5, 3 * HOUR, pytest.approx(7.6 * HOUR))
    assert (found[2].decided, found[2].median, found[2].ninetieth) == (1, 48 * HOUR, 48 * HOUR)
    assert (found[16].decided, found[16].median) == (0, None)


def test_all_weeks_together_have_a_median_of_their_own(model):
    for thing, hours in enumerate((1, 2, 60), start=1):
        story(model, thing, ("submit", hours), ("approve", 0), end=FRIDAY)
    assert figures(model, SPRING).total.median == 2 * HOUR


def test_each_sending_is_answered_apart(model):
    moves = [("submit", 30), ("claim", 29), ("request_changes", 28), ("submit", 10), ("approve", 4)]
    story(model, 1, *moves, end=FRIDAY)
    week = weeks(model)[9]
    assert (week.sent, week.decided, week.median) == (2, 2, 4 * HOUR)


@pytest.mark.parametrize("taken_back", ["undo", "stop"])
def test_what_is_taken_back_is_not_decided(model, taken_back):
    moves = [("submit", 30), ("approve", 29), (taken_back, 28.95), ("reject", 20)]
    story(model, 1, *moves, end=FRIDAY)
    found = figures(model, SPRING)
    assert (found.total.decided, found.total.median, found.groups["move"]) == (1, 10 * HOUR, {"reject": 1})


def test_what_was_hastened_counts_once(model):
    story(model, 1, ("submit", 30), ("approve", 29), ("take_effect_now", 28.95), end=FRIDAY)
    assert figures(model, SPRING).groups["move"] == {"approve": 1}


def test_what_was_retracted_is_sent_and_not_decided(model):
    story(model, 1, ("submit", 30), ("claim", 29), ("retract", 20), end=FRIDAY)
    week = weeks(model)[9]
    assert (week.sent, week.decided, week.median) == (1, 0, None)


def test_machines_count_nowhere(model):
    machine = UserFactory(is_system=True)
    story(model, 1, ("submit", 30), ("approve", 20), by=machine, sent_by=machine, end=FRIDAY)
    found = figures(model, SPRING)
    assert (found.total.sent, found.total.decided, found.people, found.groups) == (0, 0, [], {})


def test_what_a_machine_sent_is_work_and_has_no_time(model):
    story(model, 1, ("submit", 30), ("approve", 20), sent_by=UserFactory(is_system=True), end=FRIDAY)
    total = figures(model, SPRING).total
    assert (total.sent, total.decided, total.timed, total.median) == (0, 1, 0, None)


def test_first_sending_of_a_person_counts_once(model):
    regular = UserFactory()
    story(model, 1, ("submit", 24 * 30), sent_by=regular, end=FRIDAY)
    story(model, 2, ("submit", 30), sent_by=regular, end=FRIDAY)
    story(model, 3, ("submit", 30), ("request_changes", 20), ("submit", 10), end=FRIDAY)
    week = weeks(model)[9]
    assert (week.sent, week.sent_first) == (3, 1)


def test_people_stand_as_they_were_named_then(model):
    amina, boris = ModeratorFactory(name="Amina"), ModeratorFactory(name="Boris")
    for thing in (1, 2):
        story(model, thing, ("submit", 30), ("approve", 20), by=amina, end=FRIDAY)
    story(model, 3, ("submit", 30), ("reject", 20), by=boris, end=FRIDAY)
    boris.name = "somebody who left"
    boris.save(update_fields=["name"])
    assert figures(model, SPRING).people == [(amina.pk, "Amina", 2), (boris.pk, "Boris", 1)]


def test_reasons_are_counted_by_code(model):
    story(model, 1, ("submit", 30), end=FRIDAY)
    story(model, 1, ("reject", 20), end=FRIDAY, reason_code="unclear")
    story(model, 2, ("submit", 30), ("approve", 20), end=FRIDAY)
    assert figures(model, SPRING).groups["reason"] == {"unclear": 1, "": 1}


def test_figures_are_remembered(model, django_assert_num_queries):
    figures(model, SPRING)
    with django_assert_num_queries(0):
        figures(model, SPRING)


@pytest.mark.parametrize("things", [1, 3])
def test_figures_are_two_queries_for_any_number(model, things, django_assert_num_queries):
    for thing in range(things):
        story(model, thing, ("submit", 30), ("approve", 20), end=FRIDAY)
    with django_assert_num_queries(2):
        figures(model, SPRING)


def test_last_weeks_begin_with_a_monday_and_end_today():
    period = Period.of_last(12)
    assert len(period.weeks) == 12 and period.first.weekday() == 0
    assert timedelta(weeks=11) <= period.last - period.first < timedelta(weeks=12)
