"""Starts what the portal consists of, keeps it running, and ends it in order: web server, worker, database."""

import contextlib
import hashlib
import os
import socket
import sys
import time
from pathlib import Path

from outbox.pulse import PULSES
from reg4covid.child import Child
from reg4covid.embedded.server import Server, server_in
from reg4covid.environment import Environment, is_loopback, stop, url_host
from reg4covid.signals import Signals

TICK = 0.2  # seconds
WEB_PATIENCE, WORKER_PATIENCE = 15, 20  # seconds to finish a request, a task
START_PATIENCE = 60  # seconds until the web server has to answer
SILENCE = 180  # seconds; a worker whose tasks or clock stand still for so long hangs, e.g. in a dead connection


class Supervisor:
    """One `make run`."""

    def __init__(self, env: Environment, base_dir: Path, signals: Signals) -> None:
        self.env, self.signals = env, signals
        self.server: Server | None = None if env.database_url else server_in(env.var_dir)
        # Workers of this installation are known by their names, wherever else others run on the same database.
        place = hashlib.sha256(f"{socket.gethostname()} {env.var_dir}".encode()).hexdigest()[:12]
        self.workers = f"run-{place}-"
        python, cwd = sys.executable, str(base_dir)
        self.web = Child("web server", lambda start: [python, "-m", "gunicorn", "reg4covid.wsgi"], cwd)
        command = [python, "manage.py", "work"]
        self.worker = Child("worker", lambda start: [*command, *self._name(start)], cwd, pulses=PULSES)

    def _name(self, start: int) -> list[str]:
        return ["--worker-id", f"{self.workers}{os.getpid()}-{start}", "--instead-of", self.workers]

    def run(self) -> None:
        """Start everything and watch it; ends by Stopped."""
        accounts = self._prepare()
        self.web.start()
        self._wait_for_web()
        self.worker.start()
        self._announce(accounts)
        while True:
            self.signals.check()
            self._watch()
            time.sleep(TICK)

    def end(self) -> None:
        """Everything this start is responsible for, in order. The database stays for others who are using it."""
        print("\nStopping ...", flush=True)
        with contextlib.ExitStack() as last_first:  # each is done, whatever the others raise
            last_first.callback(self._end_server)
            last_first.callback(_close_connections)
            last_first.callback(self.worker.end, WORKER_PATIENCE)
            last_first.callback(self.web.end, WEB_PATIENCE)
        print("Stopped.", flush=True)

    def _end_server(self) -> None:
        if not self.server or not self.server.pid():
            return
        if others := self.server.connections():
            print(f"PostgreSQL keeps running for {others} other connections; `make stop` ends it.", flush=True)
        else:
            self.server.stop()

    def _prepare(self) -> str:
        import django
        from django.core.management import CommandError
        from django.db.utils import OperationalError

        from reg4covid.preparation import prepare

        if self.server:
            self.server.ensure()  # not interruptible: a server half started would be left behind
        try:
            with self.signals.interruptible():
                django.setup()
                return prepare(demo=self.env.demo)
        except OperationalError as error:
            stop(f"the database cannot be used: {' '.join(str(error).split())}", 1)
        except CommandError as error:
            stop(f"the start failed: {error}", 1)
        finally:
            _close_connections()

    def _wait_for_web(self) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while not self._answers():
            self.signals.check()
            if self.web.has_ended() is not None or time.monotonic() > deadline:
                stop("the web server did not start; the reason stands above.", 1)
            time.sleep(0.1)

    def _answers(self) -> bool:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.env.bind, self.env.bind)  # noqa: S104
        try:
            socket.create_connection((host, self.env.port), timeout=1).close()
        except OSError:
            return False
        return True

    def _watch(self) -> None:
        for child in (self.web, self.worker):
            if (code := child.has_ended()) is not None:
                _complain(f"The {child.name} ended ({code}); next try in {child.pause():.0f} s.")
            if child.is_silent(SILENCE):
                _complain(f"The {child.name} has stood still for {SILENCE} s and is ended.")
                child.kill()
            if child.is_due():
                child.start()

    def _announce(self, accounts: str) -> None:
        host = self.env.bind if is_loopback(self.env.bind) else ""
        here = f"http://{url_host(host)}:{self.env.port}" if host else self.env.site_url
        lines = [f"{self.env.site_name} is ready", f"  Portal          {here}/", f"  Administration  {here}/admin/"]
        if self.env.demo:
            lines += [f"  Mail            {here}{_mail_page()}  (no mail leaves a demonstration)"]
        if self.server:
            lines += [f"  Database        {self.server.data}"]
        lines += ["", accounts, ""] if accounts else [""]
        print("\n".join([*lines, "Ctrl-C ends it."]), flush=True)


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _mail_page() -> str:
    from django.urls import NoReverseMatch, reverse

    try:
        return reverse("portal:demo-mail")
    except NoReverseMatch:
        return "/"


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
