"""Who reads a download slowly gets all of it, and keeps nobody waiting; who does not read at all is let go."""

import contextlib
import http.client
import runpy
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created

from tests.house import ROOT
from tests.test_run import free_port

pytestmark = pytest.mark.slow
PATIENCE = 3  # seconds, in place of gunicorn.conf.py's thirty
THREADS = 3


@contextlib.contextmanager
def serving() -> Iterator[tuple[subprocess.Popen, int]]:
    """Lend a server with one worker, and its port; gunicorn.conf.py says the rest."""
    number = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{number}", "--workers", "1"]
    command += ["--timeout", str(PATIENCE), "--threads", str(THREADS), "tests.slow_stream:application"]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603 (our own command)
    try:
        for _each in range(600):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", number)).close()
                break
            time.sleep(0.1)
        yield server, number
    finally:
        server.terminate()
        server.wait(40)


@pytest.fixture(scope="module")
def port():
    with serving() as (_server, number):
        yield number


def reader(port: int) -> socket.socket:
    """Somebody who has asked for a download, with little room for what comes."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", port))
    connection.sendall(b"GET /initiatives/export.csv HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert connection.recv(12) == b"HTTP/1.1 200"
    return connection


def answers(port: int, patience: float) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    connection.request("GET", "/livez")
    return connection.getresponse().status


def test_slow_reader_is_served_beside_others(port):
    slow, until = reader(port), time.monotonic() + 4 * PATIENCE
    while time.monotonic() < until:
        assert slow.recv(2_000), "the download was cut off"
        assert answers(port, patience=20) == 200
        time.sleep(0.2)
    assert slow.recv(2_000)
    slow.close()


def test_who_does_not_read_at_all_is_let_go(port):
    stalled = [reader(port) for _each in range(THREADS)]
    assert answers(port, patience=20 * PATIENCE) == 200
    assert len(stalled) == THREADS


def test_stop_does_not_wait_for_a_download():
    with serving() as (server, port):
        slow, begun = reader(port), time.monotonic()
        server.terminate()
        server.wait(40)
        assert time.monotonic() - begun < 20  # gunicorn.conf.py gives it ten
        slow.close()


@pytest.mark.django_db
def test_database_ends_what_a_thread_waits_for():
    """Nobody ends a thread; so the database does, where gunicorn would have ended the process."""
    before = list(connection_created.receivers)
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    settings["post_worker_init"](SimpleNamespace(cfg=SimpleNamespace(timeout=1)))
    new = connection.copy()
    try:
        with new.cursor() as cursor, pytest.raises(OperationalError, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(30)")
    finally:
        new.close()
        connection_created.disconnect(dispatch_uid="statement_timeout")
    assert connection_created.receivers == before
