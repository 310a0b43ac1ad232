"""A mail server and workers that tests start, and kill."""

import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.db import connection

from tests.house import ROOT

PATIENCE = 30  # seconds that anything may take on a busy machine


class Sink:
    """Keeps what it is given. Where it holds, it keeps the letter but does not answer; or does not even say hello."""

    def __init__(self) -> None:
        self.copies: Counter[str] = Counter()
        self.visitors = 0
        self.holds_answers = self.holds_hellos = False
        self.pause = 0.0

    def letters(self) -> int:
        return self.copies.total()

    async def handle_DATA(self, server, session, envelope) -> str:
        self.copies[message_from_bytes(envelope.content)["Message-ID"]] += 1
        while self.holds_answers:
            await asyncio.sleep(0.01)
        await asyncio.sleep(self.pause)
        return "250 Kept"


class _Server(SMTP):
    async def _handle_client(self):
        self.event_handler.visitors += 1
        while self.event_handler.holds_hellos:
            await asyncio.sleep(0.01)
        await super()._handle_client()


class MailServer(Controller):
    """The sink behind a port of its own."""

    def __init__(self, sink: Sink, port: int) -> None:
        super().__init__(sink, hostname="127.0.0.1", port=port)

    def factory(self):
        return _Server(self.handler, hostname="sink.example")


class Workers:
    """Workers on the database of the test."""

    def __init__(self, port: int) -> None:
        self.port, self.started = port, []

    def start(self) -> subprocess.Popen:
        return self.call("manage.py", "work", "--worker-id", f"test-{len(self.started)}")

    def call(self, *arguments: str) -> subprocess.Popen:
        """Run Python in the project's folder with the worker's settings."""
        environ = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings_worker",
            "WORKER_DATABASE": connection.settings_dict["NAME"],
            "WORKER_MAIL_PORT": str(self.port),
        }
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)
        self.started.append(process)
        return process

    def kill(self) -> None:
        """SIGKILL, to all of them."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()


def wait_until(happened: Callable[[], object], patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)
