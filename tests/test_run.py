"""`make run`, as people use it: in a copy of the project, in a path with spaces, on a port of its own."""

import io
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from reg4covid.child import Child
from reg4covid.supervisor import Supervisor

BASE = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "var", "node_modules", "__pycache__", ".*_cache", ".hypothesis")
FIRST, AGAIN = 240, 120  # seconds a start may take on a busy machine

slow = pytest.mark.slow


class Portal:
    """One copy of the project."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.started = folder, free_port(), []

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, **more}

    def make(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess:
        command = ["make", "--no-print-directory", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment(**environ), capture_output=True, text=True, timeout=FIRST
        )

    def start(self, patience: float, **environ: str) -> subprocess.Popen:
        """`make run` in a process group of its own, as a terminal would; returns when it says that it is ready."""
        log = self.folder / "output.txt"
        command = ["make", "--no-print-directory", "run", f"PORT={self.port}"]
        with open(log, "w") as file:
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=self.environment(**environ),
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        self.started.append(process)
        deadline = time.monotonic() + patience
        while "Ctrl-C ends it" not in self.output():
            assert process.poll() is None and time.monotonic() < deadline, self.output()
            time.sleep(0.1)
        return process

    def output(self) -> str:
        return (self.folder / "output.txt").read_text()

    def interrupt(self, process: subprocess.Popen) -> None:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)

    def status(self, path: str, method: str = "GET", **headers: str) -> int:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def processes(self) -> list[str]:
        """Whatever still runs from this copy."""
        found = []
        for process in psutil.process_iter(["cmdline", "cwd"]):
            words = [*(process.info["cmdline"] or []), process.info["cwd"] or ""]
            if any(str(self.folder) in word for word in words):
                found.append(" ".join(words))
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home") / "a path with spaces"
    shutil.copytree(BASE, folder, ignore=LEFT_OUT)
    os.symlink(BASE / ".venv", folder / ".venv")
    portal = Portal(folder)
    yield portal
    portal.make("stop")
    for process in portal.started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@slow
def test_portal_lives_through_interrupt_kill_and_reset(portal):
    """One story, for the first start is slow: first start, Ctrl-C, second start, kill -9, third start, stop, reset."""
    first = portal.start(FIRST, DJANGO_SETTINGS_MODULE="settings_of_another_project")
    accounts = accounts_in(portal.output())
    key = (portal.folder / "var/secret_key").read_text()
    assert f"http://127.0.0.1:{portal.port}/" in portal.output()
    assert accounts, portal.output()
    assert (portal.status("/livez"), portal.status("/")) == (200, 200)
    told = len(portal.output().splitlines())
    assert (portal.status("/", "HEAD"), portal.status("/", Host="elsewhere.example")) == (200, 400)
    # Letters of the demonstration are still being printed.
    (line,) = [line for line in portal.output().splitlines()[told:] if "http" in line.lower() and "django" in line]
    assert " WARNING django.security.DisallowedHost Invalid HTTP_HOST header: 'elsewhere.example'" in line
    portal.interrupt(first)
    assert "Traceback" not in portal.output()
    assert portal.processes() == []

    second = portal.start(AGAIN)
    assert portal.status("/livez") == 200
    assert (portal.folder / "var/secret_key").read_text() == key
    assert accounts_in(portal.output()) == accounts
    refused = portal.make("run", f"PORT={free_port()}").stderr
    assert refused.startswith("reg4covid: the portal of this folder already runs")
    os.killpg(second.pid, signal.SIGKILL)
    second.wait()

    third = portal.start(AGAIN)
    assert portal.status("/healthz") == 200
    assert portal.make("stop").stdout == "Stopped.\n"
    assert third.wait(30) == 0
    assert portal.processes() == []

    (portal.folder / "var/other").touch()
    assert portal.make("demo-reset", DATABASE_URL="postgres://x/y").returncode == 2
    assert (portal.folder / "var/postgres").exists()
    assert portal.make("demo-reset").returncode == 0
    left = {path.name for path in (portal.folder / "var").iterdir()}
    assert left == {"other", "run.lock", "postgres.lock", "venv.lock"}


def accounts_in(output: str) -> list[str]:
    """Lines with an address and a password."""
    return re.findall(r"\S+@\S+ +\S+", output)


@slow
def test_busy_port_is_one_line(portal):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = portal.make("run", f"PORT={port}")
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert lines == [f"reg4covid: port {port} on 127.0.0.1 is in use; choose another one: make run PORT={port + 1}"]


@slow
@pytest.mark.parametrize(
    "environ",
    [
        {"BIND": "0.0.0.0", "PORTAL_DEMO": "1"},
        {"BIND": "0.0.0.0"},
        {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere", "PORTAL_DEMO": "1"},
        {"EMAIL_URL": "smtp://mail.example.org", "PORTAL_DEMO": "1"},
        {"PORT": "eighty"},
    ],
)
def test_demonstration_within_reach_of_others_is_refused(portal, environ):
    done = portal.make("run", **environ)
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert (done.returncode, len(lines), done.stdout) == (2, 1, "")


@slow
def test_unreachable_database_is_one_line(portal):
    environ = {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere",
        "SECRET_KEY": "0123456789" * 6,
        "ALLOWED_HOSTS": "x.org",
        "SITE_URL": "https://x.org",
    }
    done = portal.make("run", f"PORT={free_port()}", **environ)
    assert "reg4covid: the database cannot be used: " in done.stderr
    assert "Traceback" not in done.stderr


class Part:
    """A child or server that notes that it was ended, and then fails."""

    def __init__(self, name: str, ended: list[str]) -> None:
        self.name, self.ended = name, ended

    def end(self, *patience: float) -> None:
        self.ended.append(self.name)
        raise OSError(self.name)

    stop = end

    def pid(self) -> int:
        return 1

    def connections(self) -> int:
        return 0


def test_the_end_reaches_every_part_whatever_fails(monkeypatch):
    ended = []
    supervisor = object.__new__(Supervisor)
    supervisor.web, supervisor.worker, supervisor.server = (Part(name, ended) for name in ("web", "worker", "server"))
    monkeypatch.setattr("reg4covid.supervisor._close_connections", Part("connections", ended).end)
    with pytest.raises(OSError, match="server"):
        supervisor.end()
    assert ended == ["web", "worker", "connections", "server"]


PULSE = "import os, time; write = lambda said: os.write(int(os.environ['PULSE_FD']), said); write(b'tc'); "


def watched(monkeypatch, worker: str, silence: float = 1) -> Supervisor:
    """A supervisor whose worker runs the line of Python, and whose web server is beside the point."""
    supervisor = object.__new__(Supervisor)
    command = [sys.executable, "-c", PULSE + worker]
    supervisor.web = Child("web server", lambda start: ["sleep", "60"], ".")
    supervisor.worker = Child("worker", lambda start: command, ".", pulses=b"tc")
    monkeypatch.setattr("reg4covid.supervisor.SILENCE", silence)
    supervisor._watch()
    return supervisor


def watch_until(supervisor: Supervisor, happened, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while not happened() and time.monotonic() < deadline:
        supervisor._watch()
        time.sleep(0.05)
    supervisor.worker.end(5), supervisor.web.end(5)
    return happened()


@pytest.mark.parametrize("hangs", ["time.sleep(60)", "[(write(b'c'), time.sleep(0.1)) for _ in range(600)]"])
def test_worker_that_stands_still_is_ended_and_started_again(monkeypatch, capsys, hangs):
    """Even where it is only its tasks, or only its clock."""
    supervisor = watched(monkeypatch, hangs)
    assert watch_until(supervisor, lambda: supervisor.worker.starts == 2, 10)
    assert "The worker has stood still" in capsys.readouterr().err


def test_worker_that_goes_on_is_left_alone(monkeypatch):
    supervisor = watched(monkeypatch, "[(write(b'tc'), time.sleep(0.1)) for _ in range(600)]", silence=1.5)
    assert not watch_until(supervisor, lambda: supervisor.worker.starts == 2, 3)


@pytest.fixture
def console(monkeypatch):
    """What the log writes to the console."""
    handler = next(handler for handler in logging.getLogger().handlers if handler.name == "console")
    monkeypatch.setattr(handler, "stream", io.StringIO())
    return handler.stream


def lines_of(console: io.StringIO) -> list[str]:
    """The lines without their time."""
    return [line.split(" ", 2)[-1] for line in console.getvalue().splitlines()]


@pytest.mark.django_db
def test_a_refusal_is_one_line_of_the_log(client, console, settings):
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    assert client.post("/", {"a": 1, "b": 2, "c": 3}).status_code in (400, 405)
    first, *others = lines_of(console)
    assert first.startswith("WARNING django.security.DisallowedHost Invalid HTTP_HOST header")
    assert len(others) == 1


@pytest.mark.parametrize(
    ("name", "status", "level", "count"),
    [
        ("django.request", 403, "WARNING", 1),
        ("django.security.TooManyFieldsSent", 400, "WARNING", 1),
        ("django.request", 500, "ERROR", 5),
        ("initiatives", 403, "ERROR", 5),
    ],
)
def test_only_refusals_lose_their_traceback(console, name, status, level, count):
    try:
        raise PermissionError("no right")
    except PermissionError as error:
        logging.getLogger(name).error("No: %s", "/path", exc_info=error, extra={"status_code": status})
    lines = lines_of(console)
    assert (lines[0], len(lines)) == (f"{level} {name} No: /path", count)


@pytest.mark.parametrize(("method", "status", "count"), [("HEAD", 200, 0), ("GET", 204, 1)])
def test_the_dropped_body_of_a_head_request_is_no_news(console, method, status, count):
    text = "WSGI app sent body bytes on a no-body response (method=%s status=%s); dropping per RFC 9110."
    logging.getLogger("gunicorn.http.wsgi").warning(text, method, status)
    assert len(lines_of(console)) == count
