"""The portal as it is served in production, with the processor time of its processes: for bench/web.py."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psutil
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from reg4covid import settings as settings_of_production

ROOT = Path(__file__).resolve().parent.parent
HOST, WORKERS, PATIENCE = "portal.example.org", 2, 120  # PATIENCE in seconds
# What a proxy in front says, and a browser.
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept": "text/html, */*;q=0.8"}
HEADERS |= {"Accept-Encoding": "gzip, deflate, br"}
# Of clients only: what the server does in its own time (autovacuum) belongs to no request.
_OTHERS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
_COLLECT = "import django; django.setup(); from reg4covid.preparation import collect_static; collect_static()"


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    size: int  # bytes, as sent
    seconds: float
    body: bytes = b""


class Spent(NamedTuple):
    """Processor time in nanoseconds, by process."""

    application: dict[int, int]
    database: dict[int, int]

    def since(self, before: "Spent") -> tuple[int, int]:
        """Return what application and database took from then to now; a process that has ended since counts nothing."""
        return _more(self.application, before.application), _more(self.database, before.database)


def _more(now: dict[int, int], before: dict[int, int]) -> int:
    return sum(taken - before.get(pid, 0) for pid, taken in now.items())


class Portal:
    """gunicorn with two workers on the bench's own database."""

    def __init__(self, port: int, process: psutil.Popen) -> None:
        self.port, self.process, self.asked = port, process, 0

    def ask(self, path: str, **headers: str) -> Answer:
        """Make one request and read its answer to the end."""
        link = self._connected()
        with contextlib.closing(link):
            return self._ask(link, path, headers)

    def ask_each(self, *paths: str, headers: Mapping[str, str] = {}) -> list[Answer]:
        """Ask each worker for one of the paths, one after the other.

        A worker that has taken a connection waits for its request, so another one takes the next connection.
        """
        links = [self._connected() for _path in paths]
        time.sleep(0.02)
        answers = []
        for link, path in zip(reversed(links), paths, strict=True):
            with contextlib.closing(link):
                answers.append(self._ask(link, path, headers))
        return answers

    def _connected(self) -> http.client.HTTPConnection:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        link.connect()
        return link

    def _ask(self, link: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> Answer:
        self.asked += 1  # each time somebody else, or the limits of requests would count
        visitor = f"10.{self.asked >> 16 & 255}.{self.asked >> 8 & 255}.{self.asked & 255}"
        start = time.perf_counter()
        link.request("GET", path, headers=HEADERS | {"X-Forwarded-For": visitor} | dict(headers))
        answer = link.getresponse()
        body = b"".join(iter(lambda: answer.read(65_536), b""))
        return Answer(answer.status, answer.headers, len(body), time.perf_counter() - start, body)

    def spent(self) -> Spent:
        """Return what the processes have taken since they began."""
        return Spent(_taken(child.pid for child in self.process.children()), _taken(_others()))


def _others() -> list[int]:
    """The database's processes that work for somebody else than us."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS)
        return [pid for (pid,) in cursor.fetchall()]


def _taken(pids: Iterable[int]) -> dict[int, int]:
    return {pid: _nanoseconds(pid) for pid in pids}


def _nanoseconds(pid: int) -> int:
    with suppress(OSError):
        return sum(int(one.read_text().split()[0]) for one in Path(f"/proc/{pid}/task").glob("*/schedstat"))
    times = psutil.Process(pid).cpu_times()  # where the kernel does not tell: in steps of 10 ms
    return int((times.user + times.system) * 1e9)


@contextlib.contextmanager
def served(folder: str) -> Iterator[Portal]:
    """Lend the portal as production runs it: its settings, gunicorn.conf.py, the bench's database.

    `folder` is its VAR_DIR, in which static files are collected unless they are there.
    """
    port, env = _free_port(), _environment(folder)
    call_command("createcachetable", settings_of_production.CACHES["default"]["LOCATION"], verbosity=0)
    subprocess.run([sys.executable, "-c", _COLLECT], cwd=ROOT, env=env, check=True)
    command = [sys.executable, "-m", "gunicorn", "reg4covid.wsgi"]
    process = psutil.Popen(command, cwd=ROOT, env=env | {"PORT": str(port)}, start_new_session=True)
    try:
        portal = Portal(port, process)
        _wait(portal)
        yield portal
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _environment(folder: str) -> dict[str, str]:
    info = connection.connection.info
    where = f"{quote(info.user)}:{quote(info.password or '')}@{quote(info.host, safe='')}:{info.port}"
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ},
        "DJANGO_SETTINGS_MODULE": "reg4covid.settings",
        "DATABASE_URL": f"postgres://{where}/{quote(info.dbname)}",
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "VAR_DIR": folder,
        "WEB_WORKERS": str(WORKERS),
        "LOG_LEVEL": "WARNING",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(portal: Portal) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError):
            if portal.ask("/livez").status == 200 and len(portal.process.children()) == WORKERS:
                return
        if time.monotonic() > deadline or portal.process.poll() is not None:
            raise SystemExit("The web server did not start.")
        time.sleep(0.1)
