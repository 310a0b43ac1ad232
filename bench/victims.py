"""A web server and workers, real ones, that are killed with SIGKILL; and those who ask them."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
LATER = 429  # the limit of requests is kept under a lock of 10 seconds, which a killed process leaves behind
PATIENCE = 120  # seconds that anything may take on a busy machine


def wait_until(happened, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not happen")
        time.sleep(0.01)


class Web:
    """gunicorn with one process that answers, as `make run` starts it."""

    def __init__(self, port: int) -> None:
        self.port, self.starts = port, 0
        self.start()

    def start(self) -> None:
        self.starts += 1
        command = [sys.executable, "-m", "gunicorn", "reg4covid.wsgi"]
        self.process = psutil.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
        wait_until(lambda: self.process.children())

    def kill(self, *, master: bool = False) -> None:
        """Kill what answers; gunicorn starts another. With `master` gunicorn too, as when the machine goes down."""
        victims = self.process.children()
        for process in [self.process, *victims] if master else victims:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(victims, 10)
        if master:
            self.process.wait()
            self.start()

    def end(self) -> None:
        if self.process.poll() is None:
            for process in [self.process, *self.process.children()]:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            self.process.wait()


class Ask(threading.Thread):
    """One POST on a connection of its own; `status` is the answer's, None where none came."""

    def __init__(self, port: int, path: str, body: bytes, headers: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.port, self.path, self.body, self.headers = port, path, body, headers
        self.status: int | None = None
        self.text = ""

    def run(self) -> None:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            connection.request("POST", self.path, self.body, self.headers)
            answer = connection.getresponse()
            self.text = answer.read().decode(errors="replace")
            self.status = answer.status

    def until_answered(self) -> "Ask":
        """Ask again, as people do, until there is an answer; `refusals` counts those that said "later"."""
        ask, self.refusals = self, 0
        while ask.status in (None, LATER):
            self.refusals += ask.status == LATER
            time.sleep(1 if ask.status == LATER else 0.05)
            ask = Ask(self.port, self.path, self.body, self.headers)
            ask.run()
        return ask


class Nursery:
    """Gives birth to workers quickly: `manage.py work` in a process that has loaded the portal already."""

    def __init__(self) -> None:
        command = [sys.executable, str(ROOT / "bench" / "victims.py")]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
        )
        self.born, self.worker = 0, 0

    def start(self) -> None:
        self.born += 1
        self.process.stdin.write(f"kill-{self.born}\n")
        self.process.stdin.flush()
        self.worker = int(self.process.stdout.readline())

    def kill(self) -> None:
        os.kill(self.worker, signal.SIGKILL)
        wait_until(lambda: not psutil.pid_exists(self.worker))

    def end(self) -> None:
        if self.worker:
            with suppress(ProcessLookupError):
                os.kill(self.worker, signal.SIGKILL)
        self.process.stdin.close()
        self.process.wait()


def names() -> Iterator[str]:
    for line in sys.stdin:
        yield line.strip()


def nurse() -> None:
    """Fork a worker for each name on standard input, and print its number."""
    import django
    from django.core.management import call_command

    sys.path.insert(0, str(ROOT))
    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for name in names():
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.stdin.close()
            call_command("work", "--worker-id", name)
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    nurse()
