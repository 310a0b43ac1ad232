"""One program under supervision: started, restarted with patience, ended."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

LONGEST_PAUSE = 60  # seconds between two tries
PROVEN = 60  # seconds after which a program counts as running well
PR_SET_PDEATHSIG = 1


class Child:
    """A program that ought to run for ever."""

    def __init__(self, name: str, command: Callable[[int], list[str]], cwd: str) -> None:
        """`command` gets the number of the start, so that each may have a name of its own."""
        self.name, self.command, self.cwd = name, command, cwd
        self.process: subprocess.Popen | None = None
        self.starts = self.failures = 0
        self.started = self.next_start = 0.0

    def start(self) -> None:
        """In a session of its own, so that Ctrl-C reaches the supervisor alone and the order of the end is its own."""
        self.starts += 1
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command(self.starts),
            cwd=self.cwd,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )

    def has_ended(self) -> int | None:
        """Its exit code, once; None while it runs or waits for its next start."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.process = None
        self.failures = 1 if time.monotonic() - self.started > PROVEN else self.failures + 1
        self.next_start = time.monotonic() + self.pause()
        return code

    def pause(self) -> float:
        """Seconds until the next try: 1, 2, 4 … 60."""
        return min(2 ** (self.failures - 1), LONGEST_PAUSE)

    def is_due(self) -> bool:
        """Whether it has ended and its pause is over."""
        return self.process is None and time.monotonic() >= self.next_start

    def end(self, patience: float) -> None:
        """Ask it to end, then insist."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _end_with_parent() -> None:
    """A supervisor killed without a chance to clean up takes its children with it (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
