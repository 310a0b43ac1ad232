"""What a host allows machines to ask for: read once a day, understood, and kept."""

import time

import pytest

from common.tests.rude_server import page, said
from common.web import Failure, Kind, split
from initiatives.links.robots import Rules
from initiatives.tests.links import run


def test_rules_are_read_once(server):
    server.answers |= {"/page": page(), "/robots.txt": said("200 OK", b"User-agent: *\nDisallow: /private/")}
    found = run(server, known={})
    assert found.state == "works" and server.paths().count("/robots.txt") == 1
    assert "Disallow: /private/" in found.rules["site.test"].text


def test_page_that_machines_may_not_see_is_not_asked_for(server):
    server.answers |= {"/page": page(), "/robots.txt": said("200 OK", b"User-agent: *\nDisallow: /p*e$")}
    found = run(server, known={})
    assert (found.state, found.problem) == ("not_allowed", "robots")
    assert server.paths() == ["/robots.txt"] and not server.paths("HEAD")


def test_rules_of_the_host_a_redirect_leads_to_count(server):
    server.answers["/page"] = said("302 Found", Location=f"http://other.test:{server.port}/secret")
    found = run(server, known={"site.test": Rules(), "other.test": Rules.read("User-agent: *\nDisallow: /secret")})
    assert found.problem == "robots" and len(server.asked) == 1


@pytest.mark.parametrize("status", ["404 Not Found", "401 Who", "403 No"])
def test_host_without_rules_allows_everything(server, status):
    server.answers |= {"/page": page(), "/robots.txt": said(status)}
    assert run(server, known={}).state == "works"


@pytest.mark.parametrize("status", ["500 Oh", "503 Later", "429 Too Many Requests"])
def test_rules_that_cannot_be_read_now_are_waited_for(server, status):
    server.answers |= {"/page": page(), "/robots.txt": said(status, Retry_After="60")}
    found = run(server, known={})
    assert found.is_postponed and found.problem == "no_robots" and found.asked_to_wait == "60"
    assert found.rules == {"site.test": None} and not server.paths("HEAD")


def test_rules_that_could_not_be_read_for_long_are_left_out(server):
    server.answers |= {"/page": page(), "/robots.txt": said("500 Oh")}
    assert run(server, known={}, lenient=frozenset({"site.test"})).state == "works"


def test_host_that_is_away_is_asked_only_once(server):
    asked = []

    def resolve(host, port, patience):
        asked.append(host)
        raise Failure(Kind.NO_NAME)

    found = run(server, known={}, client=server.client(resolve=resolve))
    assert (found.state, found.problem, found.is_of_host, found.is_network) == ("fails", "no_name", True, True)
    assert asked == ["site.test"]


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: otherbot\nDisallow: /", True),
        ("User-agent: PortalLinkChecker\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: portallinkchecker\nAllow: /a\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\nAllow: /a/", True),
        ("<html>not found</html>", True),
        ("\0\ufeffgarbage\n:\n::\nDisallow: /", True),
    ],
)
def test_rules_are_understood(text, allowed):
    assert Rules.read(text).allow(split("http://site.test/a/b")) is allowed


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{number}\n" for number in range(4_000)) + "Disallow: /x\n" * 5_000,
        "User-agent: *\nDisallow: " + "*a" * 30_000,
        "\n" * 65_536,
        "User-agent" * 6_500,
    ],
)
def test_hostile_rules_cost_little(text):
    started = time.process_time()
    Rules.read(text).allow(split("http://site.test/" + "a" * 400))
    assert time.process_time() - started < 1


def test_delay_that_a_host_wants_is_read():
    assert Rules.read("User-agent: *\nCrawl-delay: 30").delay == 30
