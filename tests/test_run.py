"""`make run`, as people use it: in a copy of the project, in a path with spaces, on a port of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

BASE = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "var", "node_modules", "__pycache__", ".*_cache", ".hypothesis")
FIRST, AGAIN = 240, 120  # seconds a start may take on a busy machine

pytestmark = pytest.mark.slow


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

    def start(self, patience: float) -> subprocess.Popen:
        """`make run` in a process group of its own, as a terminal would; returns when it says that it is ready."""
        log = self.folder / "output.txt"
        command = ["make", "--no-print-directory", "run", f"PORT={self.port}"]
        with open(log, "w") as file:
            process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment(), stdout=file, stderr=file, start_new_session=True
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

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
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


def test_portal_lives_through_interrupt_kill_and_reset(portal):
    """One story, for the first start is slow: first start, Ctrl-C, second start, kill -9, third start, stop, reset."""
    first = portal.start(FIRST)
    accounts = accounts_in(portal.output())
    key = (portal.folder / "var/secret_key").read_text()
    assert f"http://127.0.0.1:{portal.port}/" in portal.output()
    assert accounts, portal.output()
    assert (portal.status("/livez"), portal.status("/")) == (200, 200)
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


def test_busy_port_is_one_line(portal):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = portal.make("run", f"PORT={port}")
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert lines == [f"reg4covid: port {port} on 127.0.0.1 is in use; choose another one: make run PORT={port + 1}"]


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
