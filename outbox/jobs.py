"""Recurring jobs: schedules as code. A job is idempotent, short (seconds), and says in a few words what it did.

It runs in a thread of a worker, with a database connection of its own and outside any transaction (outbox.clock).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Recurring:
    """A function that is called again and again; it returns what it did in a few words, for staff to read."""

    name: str
    every: timedelta
    function: Callable[[], str]


_jobs: dict[str, Recurring] = {}


def recurring(*, every: timedelta) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Register the decorated function as a job named after it, to be run every so often by one worker at a time."""

    def register(function: Callable[[], str]) -> Callable[[], str]:
        name = function.__name__
        if name in _jobs and _jobs[name].function.__module__ != function.__module__:
            raise ValueError(f"two recurring jobs are called {name}")
        _jobs[name] = Recurring(name, every, function)
        return function

    return register


def known() -> dict[str, Recurring]:
    """Return every registered job by its name."""
    return dict(_jobs)
