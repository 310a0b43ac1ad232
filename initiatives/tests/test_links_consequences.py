"""What follows from a link that fails for long, or works again."""

from datetime import datetime

import pytest

from initiatives.links import consequences, registration
from initiatives.links.outcome import Outcome
from initiatives.models import Link
from initiatives.services import marks
from initiatives.tests.links import ALIVE, DAY, DEAD, START, note, sources, with_source
from tests.factories import make_submission


def fail_for_a_week(*urls: str, since: datetime = START) -> None:
    for day in (0, 1, 3, 7):
        for link in Link.objects.filter(url__in=urls):
            note(link, DEAD, since + day * DAY)


@pytest.mark.django_db
def test_only_source_that_fails_for_a_week_makes_the_mark():
    initiative = with_source("https://a.test/1")
    fail_for_a_week("https://a.test/1")
    initiative.refresh_from_db()
    assert (initiative.mark, initiative.source_failing_since) == ("needs_reverification", START)


@pytest.mark.django_db
def test_every_initiative_with_that_source_gets_the_mark():
    first, second = with_source("https://a.test/1"), with_source("https://a.test/1")
    fail_for_a_week("https://a.test/1")
    for initiative in (first, second):
        initiative.refresh_from_db()
        assert initiative.source_failing_since


@pytest.mark.django_db
@pytest.mark.parametrize("days", [[0, 1, 3], [0, 9], [0, 0, 0, 0]])
def test_too_few_failures_or_too_short_a_time_make_no_mark(days):
    initiative = with_source("https://a.test/1")
    for day in days:
        note(Link.objects.get(), DEAD, START + day * DAY)
    initiative.refresh_from_db()
    assert initiative.source_failing_since is None


@pytest.mark.django_db
def test_one_source_that_can_be_read_is_enough():
    initiative = with_source("https://a.test/1", "https://b.test/1")
    fail_for_a_week("https://a.test/1")
    initiative.refresh_from_db()
    assert initiative.source_failing_since is None
    fail_for_a_week("https://b.test/1", since=START + 10 * DAY)
    initiative.refresh_from_db()
    assert initiative.source_failing_since == START + 10 * DAY  # when the last one began to


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", [ALIVE, Outcome("not_allowed", "not_for_machines", 403, is_heard=True)])
def test_recovery_takes_the_mark_away(outcome):
    initiative = with_source("https://a.test/1", "https://b.test/1")
    fail_for_a_week("https://a.test/1", "https://b.test/1")
    initiative.refresh_from_db()
    assert initiative.source_failing_since
    note(Link.objects.get(host="b.test"), outcome, START + 11 * DAY)
    initiative.refresh_from_db()
    assert (initiative.mark, initiative.source_failing_since) == ("source_seen", None)


@pytest.mark.django_db
def test_mark_comes_again_where_somebody_looked_and_it_still_fails():
    initiative = with_source("https://a.test/1")
    fail_for_a_week("https://a.test/1")
    initiative.refresh_from_db()
    marks.note(initiative, source_failing_since=None)
    note(Link.objects.get(), DEAD, START + 14 * DAY)
    initiative.refresh_from_db()
    assert initiative.source_failing_since


@pytest.mark.django_db
def test_moderators_are_warned_of_a_dead_source_at_once_and_told_when_it_works():
    waiting = make_submission(sources=sources("https://a.test/1"))
    registration.register()
    note(Link.objects.get(), DEAD, START)
    waiting.refresh_from_db()
    assert "dead_source" in waiting.suspicions
    note(Link.objects.get(), ALIVE, START + DAY)
    waiting.refresh_from_db()
    assert "dead_source" not in waiting.suspicions


def test_failing_needs_three_failures_over_a_week():
    link = Link(failures=3, failing_since=START, checked_at=START + 7 * DAY)
    assert consequences.counts_as_failing(link)
    assert not consequences.counts_as_failing(Link(failures=3, failing_since=START, checked_at=START + 6 * DAY))
    assert consequences.failing_since([]) is None
    assert consequences.failing_since([link, None]) is None
