"""The signals that end `make run`, kept from striking where half a step would be left behind."""

import contextlib
import signal
from collections.abc import Iterator

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked to stop; like KeyboardInterrupt no Exception, so that nothing on the way takes it for an error."""


class Signals:
    """Remembers that a stop was asked for, and interrupts at once only inside `interruptible`."""

    def __init__(self) -> None:
        self.asked = False
        self._interrupt = False
        for number in ENDING:
            signal.signal(number, self._handle)

    def _handle(self, number: int, frame: object) -> None:
        self.asked = True
        if self._interrupt:
            self._interrupt = False
            raise Stopped

    def check(self) -> None:
        """Stop here if it was asked for."""
        if self.asked:
            raise Stopped

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Work that may end anywhere, because the next start completes it."""
        self.check()
        self._interrupt = True
        try:
            yield
        finally:
            self._interrupt = False

    def ignore(self) -> None:
        """From now on the end is under way; impatience must not break it."""
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN)
