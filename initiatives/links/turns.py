"""One request at a time to each host, whichever thread makes it."""

import threading
import time
from collections import defaultdict


class Turns:
    """Each thread holds the turn at one host at most, so that no two can wait for each other."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._guard = threading.Lock()
        self._mine = threading.local()

    def take(self, host: str, until: float) -> bool:
        """Leave the host of before and wait for the turn at `host`; False where it does not come in time."""
        if getattr(self._mine, "host", None) == host:
            return True
        self.leave()
        with self._guard:
            lock = self._locks[host]
        if not lock.acquire(timeout=max(0.0, until - time.monotonic())):
            return False
        self._mine.host = host
        return True

    def leave(self) -> None:
        """Let others ask the host that this thread asked last."""
        host, self._mine.host = getattr(self._mine, "host", None), None
        if host is not None:
            self._locks[host].release()
