"""Whole rounds, against a server that misbehaves or nobody at all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.tests import rude_server
from common.tests.rude_server import page, said
from common.web import Client, Failure, Kind
from initiatives.jobs import links as jobs
from initiatives.links import checker, rounds, writing
from initiatives.models import Link, LinkHost
from initiatives.tests.links import DAY, MINUTE, sources, with_source
from tests.factories import make_initiative


@pytest.mark.django_db
def test_nobody_answering_at_all_is_nobodys_failure():
    with_source(*(f"https://host{number}.test/" for number in range(4)))

    def resolve(host, port, patience):
        raise Failure(Kind.NO_NAME)

    found = rounds.check_some(rude_client(resolve=resolve), sleep=lambda seconds: None)
    assert len(found) == 4
    assert set(Link.objects.values_list("state", "failures", "checked_at")) == {("unknown", 0, None)}
    assert rounds.claim(timezone.now() + 20 * MINUTE) == []  # and not at once again


@pytest.mark.django_db
def test_one_answer_shows_that_our_network_is_there():
    with_source("https://gone.test/", "https://away.test/", "https://there.test/")

    def resolve(host, port, patience):
        raise Failure(Kind.PROTOCOL if host == "there.test" else Kind.NO_NAME)

    rounds.check_some(rude_client(resolve=resolve), sleep=lambda seconds: None)
    assert set(Link.objects.values_list("state", "failures")) == {("fails", 1)}


def rude_client(**changes):
    return Client(**{"user_agent": "Test/1.0", "is_allowed": lambda address: True, **changes})


@pytest.mark.django_db
def test_round_asks_one_page_of_each_host_and_writes_what_it_learns():
    with rude_server.running() as server:
        server.answers |= {"/fine": page(), "/gone": said("410 Gone"), "/robots.txt": said("404 Not Found")}
        urls = [server.url("/fine", "fine.test"), server.url("/gone", "gone.test"), server.url("/fine", "also.test")]
        with_source(*urls)
        found = rounds.check_some(server.client(), sleep=lambda seconds: None)
    assert sorted(outcome.state for outcome in found) == ["fails", "works", "works"]
    assert dict(Link.objects.values_list("host", "problem")) == {"fine.test": "", "gone.test": "gone", "also.test": ""}
    assert Link.objects.get(host="fine.test").title == "Decision 2020/17"
    assert LinkHost.objects.filter(robots_read_at__isnull=False).count() == 3


@pytest.mark.django_db
def test_round_ends_in_time_whatever_servers_do(monkeypatch):
    monkeypatch.setattr(checker, "LONGEST", 0.5)
    monkeypatch.setattr(rounds, "LONGEST", 0.5)
    with rude_server.running() as server:
        ways = {"/hang": server.hangs, "/drip": server.drips_headers, "/flood": server.floods, "/fine": page()}
        server.answers |= ways
        with_source(*(server.url(path, f"{path[1:]}.test") for path in ways))
        started = timezone.now()
        rounds.check_some(server.client(), sleep=lambda seconds: None)
    assert timezone.now() - started < timedelta(seconds=3)
    states = dict(Link.objects.values_list("host", "state"))
    assert states == {"hang.test": "fails", "drip.test": "fails", "flood.test": "works", "fine.test": "works"}


@pytest.mark.django_db
def test_fault_in_one_check_leaves_the_others(monkeypatch):
    with_source("https://odd.test/", "https://there.test/")

    def resolve(host, port, patience):
        raise Failure(Kind.PROTOCOL) if host == "there.test" else RuntimeError("a fault of ours")

    found = rounds.check_some(rude_client(resolve=resolve), sleep=lambda seconds: None)
    assert len(found) == 1 and Link.objects.get(host="odd.test").state == "unknown"


@pytest.mark.django_db
def test_what_cannot_be_written_leaves_the_others(monkeypatch, caplog):
    with_source("https://odd.test/", "https://there.test/")

    def resolve(host, port, patience):
        raise Failure(Kind.PROTOCOL)

    note = writing._note

    def odd(link, outcome, now):
        if link.host == "odd.test":
            raise ValueError("a fault of ours")
        note(link, outcome, now)

    monkeypatch.setattr(writing, "_note", odd)
    rounds.check_some(rude_client(resolve=resolve), sleep=lambda seconds: None)
    assert dict(Link.objects.values_list("host", "state")) == {"odd.test": "unknown", "there.test": "fails"}


@pytest.mark.django_db
def test_jobs_say_what_they_did(settings):
    make_initiative(sources=sources("https://a.test/1"))
    assert jobs.find_links() == "1 sources got a link, 0 links forgotten"
    assert jobs.check_links() == "switched off: CHECK_LINKS=0"
    settings.CHECK_LINKS = True
    Link.objects.update(due_at=timezone.now() + DAY)
    assert jobs.check_links() == "nothing is due"
