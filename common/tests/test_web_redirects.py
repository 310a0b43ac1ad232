"""Redirects are followed one by one, each under the same rules as the first address."""

import time

import pytest

from common.tests.asking import QUICK, ask, failure
from common.tests.rude_server import page, said
from common.web import Kind, is_public


def redirect(place: str, status: str = "302 Found", **headers: str) -> bytes:
    return said(status, Location=place, **headers)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server, status):
    server.answers["/moved"] = redirect("/", f"{status} Moved")
    answer = ask(server, "/moved")
    assert (answer.status, answer.url, answer.redirects) == (200, server.url("/"), 1)


def test_redirect_to_letters_of_any_script_is_followed(server):
    server.answers["/%D8%A3"] = page()
    server.answers["/arabic"] = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /" + "أ".encode() + b"\r\n\r\n"
    assert ask(server, "/arabic").url == server.url("/%D8%A3")


def test_redirects_without_end_are_left(server):
    server.answers["/loop"] = redirect("/loop")
    assert failure(server, "/loop") == Kind.REDIRECTS
    assert len(server.asked) == 6


def test_redirects_that_want_cookies_are_told_apart(server):
    server.answers["/cookie"] = redirect("/cookie", Set_Cookie="seen=1")
    assert failure(server, "/cookie") == Kind.COOKIES
    assert "cookie:" not in "".join(server.heads).lower()


@pytest.mark.parametrize(
    "place",
    [
        *("file:///etc/passwd", "ftp://site.test/", "http://site.test:22/", "http://user:pw@site.test/", "http://[::1"),
        *("javascript:alert(1)", "http://a\\@b/", "data:text/html,x"),
    ],
)
def test_redirect_to_what_cannot_be_asked_ends_there(server, place):
    server.answers["/out"] = redirect(place)
    assert failure(server, "/out") == Kind.BAD_URL


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "::ffff:169.254.169.254"])
def test_redirect_to_a_private_address_ends_there(server, address):
    """The first host is public (so the test says), the second is judged by the strict rule."""
    port = server.port
    literal = f"[{address}]" if ":" in address else address
    server.answers["/in"] = redirect(f"http://{literal}:{port}/latest/meta-data/")
    asked = []

    def resolve(host, port, patience):
        asked.append(host)
        return ["127.0.0.1"] if host == "site.test" else [address]

    def allowed(found):
        return len(asked) == 1 or is_public(found)

    assert failure(server, "/in", resolve=resolve, is_allowed=allowed) == Kind.PRIVATE
    assert server.paths() == ["/in"]


def test_second_answer_of_the_name_server_changes_nothing(server):
    """Rebinding: public when it is checked, private when it is asked. There is no second question in one request."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    resolve = lambda *args: answers.pop(0)  # noqa: E731
    assert ask(server, resolve=resolve, is_allowed=lambda address: address == "127.0.0.1").status == 200
    assert answers == [["10.0.0.1"]]


def test_names_are_judged_again_after_each_redirect(server):
    server.answers["/again"] = redirect("/")
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    kind = failure(
        server,
        "/again",
        resolve=lambda *args: answers.pop(0),
        is_allowed=lambda address: address == "127.0.0.1",
    )
    assert kind == Kind.PRIVATE and server.paths() == ["/again"]


def test_caller_is_asked_before_each_request(server):
    server.answers["/asked"] = redirect("/")
    seen = []
    until = time.monotonic() + QUICK
    server.client().follow("GET", server.url("/asked"), until=until, may_ask=lambda target: seen.append(target.path))
    assert seen == ["/asked", "/"]
