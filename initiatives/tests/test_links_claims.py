"""Who is asked when, with a clock of the test's own: one page of a host at a time, never too soon, by one worker."""

import contextlib
import threading

import pytest
from django.db import connections

from initiatives.links import politeness, rounds
from initiatives.models import Link, LinkHost
from initiatives.tests.links import DAY, MINUTE, START, with_source


def hosts(claimed) -> list[str]:
    return [one.link.host for one in claimed]


@pytest.mark.django_db
def test_one_page_of_each_host_is_claimed():
    with_source("https://a.test/1", "https://a.test/2", "https://b.test/1")
    assert sorted(hosts(rounds.claim(START))) == ["a.test", "b.test"]


@pytest.mark.django_db
def test_nothing_is_claimed_before_it_is_due():
    with_source("https://a.test/1")
    assert rounds.claim(START - MINUTE) == []


@pytest.mark.django_db
def test_claimed_hosts_are_left_to_who_claimed_them_until_the_claim_runs_out():
    with_source("https://a.test/1", "https://a.test/2")
    assert hosts(rounds.claim(START)) == ["a.test"]
    assert rounds.claim(START + MINUTE) == []
    assert hosts(rounds.claim(START + 3 * MINUTE)) == ["a.test"]  # whoever had it was killed


@pytest.mark.django_db
def test_hosts_left_alone_longest_come_first(monkeypatch):
    monkeypatch.setattr(rounds, "MOST_HOSTS", 2)
    with_source(*(f"https://{name}.test/1" for name in "abcd"))
    for name, minutes in (("a", 1), ("b", 30), ("c", 20)):
        LinkHost.objects.create(name=f"{name}.test", free_at=START - minutes * MINUTE)
    assert hosts(rounds.claim(START)) == ["d.test", "b.test"]


@pytest.mark.django_db
def test_every_round_asks_some_that_answered_last_time():
    with_source("https://due.test/", "https://fine.test/", "https://good.test/", "https://well.test/")
    Link.objects.exclude(host="due.test").update(state="works", due_at=START + 5 * DAY)
    claimed = hosts(rounds.claim(START))
    assert claimed[0] == "due.test" and len(claimed) == 3


@pytest.mark.django_db
def test_witnesses_alone_make_no_round():
    with_source("https://fine.test/")
    Link.objects.update(state="works", due_at=START + DAY)
    assert rounds.claim(START) == []


@pytest.mark.django_db
def test_rules_are_kept_for_a_day_and_for_the_host_it_led_to():
    with_source("https://a.test/1")
    Link.objects.update(final_url="https://b.test/")
    for name in "ab":
        LinkHost.objects.create(
            name=f"{name}.test", free_at=START, robots="User-agent: *\nDisallow: /", robots_read_at=START
        )
    assert set(rounds.claim(START)[0].known) == {"a.test", "b.test"}
    LinkHost.objects.update(free_at=START)
    assert rounds.claim(START + DAY)[0].known == {}


@pytest.mark.django_db
def test_rules_that_cannot_be_read_for_a_month_are_left_out():
    with_source("https://a.test/1")
    LinkHost.objects.create(name="a.test", free_at=START, robots_away_since=START)
    assert rounds.claim(START + 29 * DAY)[0].lenient == frozenset()
    LinkHost.objects.update(free_at=START)
    assert rounds.claim(START + 31 * DAY)[0].lenient == {"a.test"}


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_claim_the_same_host():
    for first in range(0, 30, 5):
        with_source(*(f"https://host{number}.test/" for number in range(first, first + 5)))
    found: list[list[str]] = []
    ready = threading.Barrier(3)

    def work():
        with contextlib.closing(connections["default"]):
            ready.wait()
            found.append(hosts(rounds.claim(START)))

    threads = [threading.Thread(target=work) for _worker in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    claimed = [host for hosts in found for host in hosts]
    assert len(claimed) == len(set(claimed)) and claimed


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_claiming_asks_the_database_as_often_for_any_number(django_assert_num_queries, count):
    with_source(*(f"https://host{number}.test/" for number in range(count)))
    with django_assert_num_queries(7):  # due, witnesses, hosts made, savepoint, hosts locked, hosts taken, savepoint
        rounds.claim(START)


@pytest.mark.parametrize(
    ("failures", "wait"), [(0, 7 * DAY), (1, DAY), (2, 2 * DAY), (3, 4 * DAY), (4, 7 * DAY), (99, 7 * DAY)]
)
def test_pages_that_fail_are_asked_for_sooner(failures, wait):
    assert politeness.next_check(failures) == wait


@pytest.mark.parametrize(
    ("failures", "wait"), [(0, 0 * DAY), (1, MINUTE), (2, 2 * MINUTE), (5, 16 * MINUTE), (999, DAY)]
)
def test_hosts_that_fail_are_left_alone_longer_and_longer(failures, wait):
    assert politeness.back_off(failures) == wait


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [
        (None, 10),
        (3, 10),
        (60, 60),
        (86_400, 3_600),
        (1e300, 3_600),
        (float("inf"), 3_600),
        (float("nan"), 10),
        (-1e300, 10),
    ],
)
def test_hosts_may_want_a_longer_pause(delay, seconds):
    assert politeness.between_pages(delay).total_seconds() == seconds


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Sun, 01 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 01 Nov 2020 12:01:00 GMT", 0),
        ("99999999999999999999", 604_800),
        ("-5", 0),
        ("soon", 0),
        ("²", 0),
        ("", 0),
    ],
)
def test_wish_to_wait_is_understood(header, seconds):
    assert politeness.asked_to_wait(header, START).total_seconds() == seconds
