"""One program under supervision: started, restarted with patience, ended, and given up where it falls silent."""

import contextlib
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

    def __init__(self, name: str, command: Callable[[int], list[str]], cwd: str, *, pulses: bytes = b"") -> None:
        """`command` gets the number of the start, so that each may have a name of its own.

        `pulses` are the bytes that it writes now and then, one for each thing it ought to go on with, to the file
        whose number is in PULSE_FD.
        """
        self.name, self.command, self.cwd, self.pulses = name, command, cwd, pulses
        self.process: subprocess.Popen | None = None
        self.starts = self.failures = 0
        self.started = self.next_start = 0.0
        self.heard: dict[int, float] = {}
        self.ear: int | None = None

    def start(self) -> None:
        """In a session of its own, so that Ctrl-C reaches the supervisor alone and the order of the end is its own."""
        self.starts += 1
        self.started = time.monotonic()
        self.heard = dict.fromkeys(self.pulses, self.started)
        self._stop_listening()
        self.ear, mouth = os.pipe()
        for end in (self.ear, mouth):
            os.set_blocking(end, False)
        try:
            self.process = self._launch(mouth)
        finally:
            os.close(mouth)

    def _launch(self, mouth: int) -> subprocess.Popen:
        return subprocess.Popen(
            self.command(self.starts),
            cwd=self.cwd,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PULSE_FD": str(mouth)},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,
            pass_fds=[mouth],
        )

    def _stop_listening(self) -> None:
        if self.ear is not None:
            os.close(self.ear)
            self.ear = None

    def has_ended(self) -> int | None:
        """Its exit code, once; None while it runs or waits for its next start."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.process = None
        self.failures = 1 if time.monotonic() - self.started > PROVEN else self.failures + 1
        self.next_start = time.monotonic() + self.pause()
        return code

    def is_silent(self, patience: float) -> bool:
        """Whether it runs, and one of its pulses was not felt for so many seconds."""
        if self.process is None or self.ear is None:
            return False
        with contextlib.suppress(BlockingIOError):
            while said := os.read(self.ear, 4096):
                self.heard.update(dict.fromkeys(said, time.monotonic()))
        return any(time.monotonic() - last > patience for last in self.heard.values())

    def kill(self) -> None:
        """End it at once: it hears nothing any more."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)

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
