"""A database that takes connections and says nothing, and one that falls silent: waiting for it has an end."""

import json
import socket
import subprocess
import sys
import threading
import time

import dj_database_url
import pytest
from django.db import OperationalError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import RequestFactory

from common.middleware import DatabaseAwayMiddleware
from outbox.pulse import PULSES
from reg4covid.child import Child
from reg4covid.settings import DATABASE_PATIENCE
from tests.house import ROOT
from tests.test_environment import PRODUCTION
from tests.workers import wait_until


class Road(threading.Thread):
    """A TCP port in front of a server's socket; closed, it still takes what it is given and passes nothing on."""

    def __init__(self, end: str = "") -> None:
        super().__init__(daemon=True)
        self.end, self.is_open, self.used = end, bool(end), 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.start()

    def run(self) -> None:
        while True:
            near, _address = self.door.accept()
            self.used += 1
            far = socket.socket(socket.AF_UNIX)
            if self.end:
                far.connect(self.end)
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=pair, daemon=True).start()

    def carry(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65_536):
                while not self.is_open:
                    time.sleep(0.05)
                target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # one of both is gone


def settings_with(url: str) -> dict:
    """What the settings make of the address of a database."""
    code = "import json; from reg4covid import settings; print(json.dumps(settings.DATABASES['default']['OPTIONS']))"
    environ = {**PRODUCTION, "DATABASE_URL": url, "VAR_DIR": "/tmp", "PATH": ""}  # noqa: S108 (nothing is written)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_waiting_for_the_database_has_an_end_unless_its_address_says_otherwise():
    url = PRODUCTION["DATABASE_URL"]
    assert settings_with(url) == DATABASE_PATIENCE
    assert settings_with(url + "?connect_timeout=60&sslmode=require") == DATABASE_PATIENCE | {
        "connect_timeout": 60,
        "sslmode": "require",
    }


@pytest.mark.django_db
def test_database_that_never_answers_gives_the_page_that_says_so():
    """Within seconds, long before gunicorn would end the process."""
    road = Road()
    database = dj_database_url.parse(f"postgres://portal@127.0.0.1:{road.port}/portal")
    silent = DatabaseWrapper({**connection.settings_dict, **database, "OPTIONS": DATABASE_PATIENCE}, "silent")

    def view(request):
        silent.ensure_connection()

    started = time.monotonic()
    with pytest.raises(OperationalError, match="timeout"):
        view(None)
    response = DatabaseAwayMiddleware(view)(RequestFactory().get("/"))
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert time.monotonic() - started < 2 * DATABASE_PATIENCE["connect_timeout"] + 10


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_worker_whose_connection_hangs_falls_silent(monkeypatch):
    """Whoever started it then ends it (test_run.py); it goes on where the database answers."""
    server = connection.get_connection_params() | connection.connection.get_dsn_parameters()
    road = Road(f"{server['host']}/.s.PGSQL.{server['port']}")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.settings_worker")
    monkeypatch.setenv("WORKER_DATABASE", connection.settings_dict["NAME"])
    monkeypatch.setenv("WORKER_MAIL_PORT", "1")
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", f"postgres://{server['user']}@127.0.0.1:{road.port}/portal")
    worker = Child("worker", lambda start: [sys.executable, "manage.py", "work"], str(ROOT), pulses=PULSES)
    worker.start()
    try:
        wait_until(lambda: road.used >= 2)
        time.sleep(4)
        assert not worker.is_silent(3)
        road.is_open = False
        wait_until(lambda: worker.is_silent(3))
        worker.kill()
        wait_until(lambda: worker.has_ended() is not None)
    finally:
        worker.end(1)
        road.is_open = True  # the server hears that nobody is there any more
