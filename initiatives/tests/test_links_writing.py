"""What is written of each answer, with a clock of the test's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.links import politeness
from initiatives.links.outcome import Outcome
from initiatives.links.robots import Rules
from initiatives.models import Link, LinkHost
from initiatives.tests.links import ALIVE, DAY, DEAD, MINUTE, START, note, with_source


@pytest.fixture
def link(db) -> Link:
    with_source("https://a.test/1")
    return Link.objects.get()


def test_link_that_works_is_asked_for_again_in_a_week(link):
    note(link, ALIVE, START)
    link.refresh_from_db()
    assert (link.state, link.title, link.checked_at, link.due_at) == ("works", "Decision", START, START + 7 * DAY)


def test_failures_are_counted_until_it_works(link):
    assert note(link, DEAD, START).failures == 1
    link = note(link, DEAD, START + DAY)
    assert (link.failures, link.failing_since, link.due_at) == (2, START, START + 3 * DAY)
    link = note(link, ALIVE, START + 3 * DAY)
    assert (link.failures, link.failing_since, link.problem) == (0, None, "")


def test_title_is_kept_while_it_fails(link):
    note(link, ALIVE, START)
    assert note(link, DEAD, START + DAY).title == "Decision"


@pytest.mark.parametrize("state", ["not_allowed", "refused"])
def test_what_cannot_be_checked_counts_as_no_failure(link, state):
    note(link, DEAD, START)
    assert note(link, Outcome(state, "robots"), START + DAY).failures == 0


def test_what_is_postponed_changes_nothing_but_the_date(link):
    note(link, DEAD, START)
    link = note(link, Outcome("unknown", "no_robots", is_postponed=True), START + DAY)
    assert (link.state, link.problem, link.failures, link.due_at) == ("fails", "not_found", 1, START + 2 * DAY)


def test_wish_to_wait_holds_for_page_and_host(link):
    outcome = Outcome("not_allowed", "too_often", 429, asked_to_wait="604800", is_heard=True)
    assert note(link, outcome, START).due_at == START + 7 * DAY
    assert LinkHost.objects.get(name="a.test").free_at == START + 7 * DAY


def test_pause_follows_each_answer(link):
    note(link, ALIVE, START)
    assert LinkHost.objects.get(name="a.test").free_at == START + politeness.PAUSE


def test_host_without_an_answer_is_left_alone_longer(link):
    gone = Outcome("fails", "no_connection", is_network=True, is_of_host=True)
    for failures in range(4):
        note(link, gone, START + failures * DAY)
    assert LinkHost.objects.get(name="a.test").free_at == START + 3 * DAY + 8 * MINUTE


def test_dead_host_is_noted_for_all_its_due_pages_at_once(db):
    with_source("https://a.test/1", "https://a.test/2", "https://a.test/3", "https://b.test/")
    Link.objects.filter(url="https://a.test/3").update(due_at=START + DAY)
    note(Link.objects.get(url="https://a.test/1"), Outcome("fails", "no_name", is_network=True, is_of_host=True), START)
    assert list(Link.objects.order_by("url").values_list("failures", flat=True)) == [1, 1, 0, 0]


def test_rules_are_written_for_every_host_on_the_way(link):
    outcome = Outcome("works", "", 200, is_heard=True)
    outcome.rules = {"a.test": Rules.read("User-agent: *\nDisallow: /x"), "b.test": None}
    note(link, outcome, START)
    here, there = LinkHost.objects.get(name="a.test"), LinkHost.objects.get(name="b.test")
    assert "Disallow: /x" in here.robots and here.robots_read_at == START
    assert there.robots_away_since == START and there.robots_read_at is None


@pytest.mark.django_db
def test_link_being_written_stands_in_the_way_of_nobody_who_publishes(link):
    """Whoever writes a row that points to it, a source, waits for no other kind of lock."""
    with CaptureQueriesContext(connection) as queries:
        note(link, DEAD, START)
    locks = [query["sql"] for query in queries if "FOR " in query["sql"] and '"initiatives_link".' in query["sql"]]
    assert locks and all(sql.endswith("FOR NO KEY UPDATE") for sql in locks)
