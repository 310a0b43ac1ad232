"""One address asked for, by the server's way to misbehave; what is made of it; which rules it keeps."""

import datetime
import time

import pytest

from common.tests.rude_server import page, said
from initiatives.links import checker
from initiatives.links.checker import user_agent
from initiatives.links.turns import Turns
from initiatives.tests.links import run

# What is asked


def test_head_comes_first_and_then_the_title(server):
    server.answers["/page"] = page()
    found = run(server)
    assert (found.state, found.problem, found.http_status, found.title) == ("works", "", 200, "Decision 2020/17")
    assert server.asked[0][:2] == ("HEAD", "/page") and server.asked[1][:2] == ("GET", "/page")
    assert found.pauses == [checker.BETWEEN]


def test_head_is_enough_where_the_title_is_known(server):
    server.answers["/page"] = page()
    run(server, wants_title=False)
    assert [method for method, _path, _host in server.asked] == ["HEAD"]


def test_head_is_enough_for_a_document(server):
    server.answers["/page"] = said(
        "200 OK", Content_Type="application/pdf", Last_Modified="Mon, 23 Mar 2020 10:00:00 GMT"
    )
    found = run(server)
    assert (found.state, found.title, found.dated) == ("works", "", datetime.date(2020, 3, 23))
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", ["400 Bad", "403 No", "404 Not Found", "405 Not Allowed", "500 No", "501 No"])
def test_get_has_the_last_word_where_head_is_refused(server, status):
    server.answers |= {"HEAD /page": said(status), "/page": page()}
    assert run(server).state == "works"


def test_get_has_the_last_word_where_head_hangs(server, monkeypatch):
    monkeypatch.setattr(checker, "LONGEST_HEAD", 0.2)
    server.answers |= {"HEAD /page": server.hangs, "/page": page()}
    assert run(server).state == "works"


def test_get_counts_where_head_was_kinder(server):
    server.answers |= {"HEAD /page": page(), "GET /page": said("404 Not Found")}
    assert run(server).problem == "not_found"


def test_nobody_is_asked_again_who_asks_for_fewer_requests(server):
    server.answers["/page"] = said("429 Too Many Requests", Retry_After="120")
    found = run(server)
    assert (found.state, found.problem, found.asked_to_wait) == ("not_allowed", "too_often", "120")
    assert len(server.asked) == 1


def test_who_asks_says_where_to_complain(settings):
    settings.SITE_URL, settings.DEFAULT_FROM_EMAIL = "https://portal.test", "desk@portal.test"
    assert user_agent() == "PortalLinkChecker/1.0 (+https://portal.test/about/; desk@portal.test)"


# What is made of it


@pytest.mark.parametrize(
    ("status", "state", "problem"),
    [
        ("204 No Content", "works", ""),
        ("401 Who", "not_allowed", "not_for_machines"),
        ("403 No", "not_allowed", "not_for_machines"),
        ("451 Law", "not_allowed", "not_for_machines"),
        ("999 Denied", "not_allowed", "not_for_machines"),
        ("404 Not Found", "fails", "not_found"),
        ("410 Gone", "fails", "gone"),
        ("500 Oh", "fails", "server_error"),
        ("503 Later", "fails", "server_error"),
        ("304 Same", "fails", "protocol"),
    ],
)
def test_status_decides(server, status, state, problem):
    server.answers["/page"] = said(status)
    found = run(server)
    assert (found.state, found.problem, found.http_status) == (state, problem, int(status[:3]))
    assert found.is_heard and not found.is_network


@pytest.mark.parametrize(
    ("way", "problem", "is_network"),
    [("hangs", "time_out", True), ("drips_headers", "time_out", True), ("resets", "protocol", False)],
)
def test_no_answer_is_a_failure(server, monkeypatch, way, problem, is_network):
    monkeypatch.setattr(checker, "LONGEST", 0.6)
    monkeypatch.setattr(checker, "LONGEST_HEAD", 0.2)
    server.answers["/page"] = getattr(server, way)
    started = time.monotonic()
    found = run(server)
    assert (found.state, found.problem, found.is_network) == ("fails", problem, is_network)
    assert time.monotonic() - started < 1.5


def test_private_address_is_no_failure(server):
    found = run(server, client=server.client(is_allowed=lambda address: False))
    assert (found.state, found.problem) == ("refused", "private") and not server.asked


def test_impossible_address_is_no_failure(server):
    assert run(server, url="http://site.test:22/").state == "refused"


def test_redirect_is_kept(server):
    server.answers |= {"/page": said("301 Moved", Location="/there"), "/there": page()}
    found = run(server)
    assert (found.state, found.final_url, found.problem) == ("works", server.url("/there"), "")
    assert [path for _method, path, _host in server.asked] == ["/page", "/there", "/there"]


def test_redirect_of_a_page_to_the_home_page_is_noted(server):
    server.answers["/page"] = said("302 Found", Location="/")
    found = run(server)
    assert (found.state, found.problem) == ("works", "home_page")


def test_redirects_without_end_are_a_failure_but_cookies_are_not(server):
    server.answers["/page"] = said("302 Found", Location="/page")
    assert run(server).problem == "redirects"
    server.answers["/page"] = said("302 Found", Location="/page", Set_Cookie="a=b")
    assert run(server).state == "not_allowed"


def test_failure_on_the_way_is_none_of_the_first_host(server):
    server.answers["/page"] = said("302 Found", Location=f"http://gone.test:{server.port}/")

    def resolve(host, port, patience):
        if host == "gone.test":
            raise checker.Failure(checker.Kind.NO_NAME)
        return ["127.0.0.1"]

    found = run(server, client=server.client(resolve=resolve))
    assert (found.problem, found.is_of_host) == ("no_name", False)


# The portal itself


def test_portal_does_not_ask_itself(server):
    found = run(server, url=f"http://portal.test:{server.port}/about/")
    assert (found.state, found.problem) == ("not_allowed", "own_site") and not server.asked


def test_portal_does_not_ask_itself_through_others(server):
    server.answers["/page"] = said("302 Found", Location=f"http://portal.test:{server.port}/about/")
    assert run(server).problem == "own_site" and len(server.asked) == 1


# Turns


def test_two_threads_never_ask_one_host_at_once():
    turns, now = Turns(), time.monotonic()
    assert turns.take("a.test", now + 1) and turns.take("a.test", now + 1)
    other = _in_thread(lambda: turns.take("a.test", time.monotonic() + 0.05))
    assert other is False
    turns.take("b.test", now + 1)  # moving on leaves the first host
    assert _in_thread(lambda: turns.take("a.test", time.monotonic() + 0.05)) is True


def _in_thread(work):
    import threading

    found = []
    thread = threading.Thread(target=lambda: found.append(work()))
    thread.start()
    thread.join()
    return found[0]


def test_host_on_the_way_that_somebody_else_asks_is_left_for_later(server, monkeypatch):
    monkeypatch.setattr(checker, "LONGEST", 0.3)
    server.answers["/page"] = said("302 Found", Location=f"http://busy.test:{server.port}/")
    turns = Turns()
    _in_thread(lambda: turns.take("busy.test", time.monotonic() + 1))
    found = run(server, turns=turns)
    assert found.is_postponed
