"""The client against a server that misbehaves in every way: it ends in time and reads little."""

import time
import tracemalloc

import pytest

from common.tests import rude_server
from common.tests.asking import SHORT, ask, failure
from common.tests.rude_server import PAGE, page, said
from common.web import Failure, Kind


def test_page_is_read(server):
    answer = ask(server)
    assert (answer.status, answer.body, answer.media_type) == (200, PAGE, "text/html")


def test_head_has_no_body(server):
    assert ask(server, method="HEAD").body == b"" and server.asked[0][0] == "HEAD"


def test_server_hears_the_name_and_who_asks(server):
    ask(server, url=f"http://Bücher.test:{server.port}/")
    assert server.asked == [("GET", "/", f"xn--bcher-kva.test:{server.port}")]
    assert "User-Agent: Test/1.0\r\n" in server.heads[0] and "Cookie" not in server.heads[0]


def test_proxies_of_the_environment_are_not_asked(server, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert ask(server).status == 200


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500, 503])
def test_errors_are_answers(server, status):
    server.answers["/error"] = page(b"<title>Error</title>", f"{status} Whatever", Retry_After="7")
    answer = ask(server, "/error")
    assert (answer.status, answer.headers["retry-after"], answer.body) == (status, "7", b"")


@pytest.mark.parametrize("way", ["hangs", "drips_headers", "goes_on"])
def test_servers_that_never_answer_are_left(server, way):
    server.answers["/never"] = getattr(server, way)
    assert failure(server, "/never", seconds=SHORT) == Kind.TIME_OUT


def test_body_that_never_ends_is_cut(server):
    server.answers["/flood"] = server.floods
    answer = ask(server, "/flood")
    assert answer.status == 200 and len(answer.body) == 65_536


def test_body_that_drips_is_left_when_the_time_is_up(server):
    server.answers["/drip"] = server.drips_body
    started = time.monotonic()
    answer = ask(server, "/drip", seconds=SHORT)
    assert answer.body.startswith(b"<title>Slow</title>") and time.monotonic() - started < SHORT + 0.5


def test_body_nobody_wants_is_not_read(server):
    server.answers["/pdf"] = said("200 OK", b"%PDF" * 100, Content_Type="application/pdf")
    assert ask(server, "/pdf").body == b""


def test_packed_bodies_unpack_to_little(server):
    server.answers["/bomb"] = server.bombs
    assert len(rude_server.bomb()) < 65_536
    tracemalloc.start()
    answer = ask(server, "/bomb")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.body.startswith(b"<title>Bomb</title>") and len(answer.body) == 65_536
    assert peak < 2_000_000  # bytes; the bomb holds 50 million


@pytest.mark.parametrize("packing", ["br", "gzip", "nonsense"])
def test_body_that_cannot_be_unpacked_is_left_out(server, packing):
    server.answers["/packed"] = page(Content_Encoding=packing)
    assert ask(server, "/packed").body == b""


def test_page_that_breaks_off_was_there(server):
    server.answers["/half"] = server.breaks_off
    answer = ask(server, "/half")
    assert answer.status == 200 and PAGE.startswith(answer.body)


def test_wrong_length_does_no_harm(server):
    server.answers["/long"] = page(PAGE, length=5)
    assert ask(server, "/long").body == PAGE[:5]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"\0\xff\xfe\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 2_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 70_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_http_is_a_failure_of_its_own(server, answer):
    server.answers["/odd"] = server.says(answer)
    assert failure(server, "/odd") == Kind.PROTOCOL


def test_connection_reset_is_a_failure_of_its_own(server):
    server.answers["/reset"] = server.resets
    assert failure(server, "/reset") == Kind.PROTOCOL


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + PAGE,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n" + PAGE,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: -5\r\n\r\n" + PAGE,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: many\r\n\r\n" + PAGE,
    ],
)
def test_nonsense_about_the_body_does_no_harm(server, answer):
    server.answers["/chunks"] = server.says(answer)
    found = ask(server, "/chunks", seconds=SHORT)
    assert found.status == 200 and found.body in (b"", PAGE)


def test_as_many_headers_as_busy_sites_send_are_read(server):
    server.answers["/many"] = server.says(b"HTTP/1.1 200 OK\r\n" + b"Set-Cookie: a=b\r\n" * 98 + b"\r\n")
    assert ask(server, "/many").sets_cookies


def test_refused_connection_is_a_failure_of_its_own(server):
    client = server.client(ports=frozenset({1}))
    with pytest.raises(Failure) as caught:
        client.follow("GET", "http://site.test:1/", until=time.monotonic() + 1)
    assert caught.value.kind == Kind.NO_CONNECTION


def test_second_address_is_tried(server):
    found = ["127.0.0.2", "127.0.0.1"]  # nobody listens at the first
    assert ask(server, resolve=lambda *args: found).status == 200
