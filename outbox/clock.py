"""The clock: runs recurring jobs when they are due. Every worker has one, and any number of them may go at once.

A job runs under a lock of its name, which the database frees when the process dies. What a run is due next is written
before it begins, so a job that takes its process with it is tried again after a while, not at once for ever.
"""

import logging
import threading
import time
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connection, connections
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.jobs import Recurring, known
from outbox.locks import held
from outbox.models import Job
from outbox.pulse import CLOCK, beat

logger = logging.getLogger(__name__)

PERIOD = 2  # seconds between two looks
AT_ONCE = 4  # jobs that one worker runs at the same time
LONGEST_PAUSE = timedelta(hours=1)  # after failures


def wind() -> None:
    """Make a row for each job the code has, and let none be late: for the start of an installation that was off."""
    now = timezone.now()
    Job.objects.bulk_create([Job(name=name, due_at=now) for name in known()], ignore_conflicts=True)
    Job.objects.due(now).update(due_at=now)


def due() -> list[str]:
    """Return the names of the jobs that are due, longest waiting first; new ones are due at once."""
    now = timezone.now()
    if missing := known().keys() - set(Job.objects.values_list("name", flat=True)):
        Job.objects.bulk_create([Job(name=name, due_at=now) for name in missing], ignore_conflicts=True)
    return list(Job.objects.due(now).order_by("due_at", "name").values_list("name", flat=True))


def tick() -> list[str]:
    """Run the jobs that are due, one after another; return the names of those that ran."""
    return [name for name in due() if run(name)]


def run(name: str) -> bool:
    """Run the job if it is due, not paused and not running anywhere; return whether it ran, however that ended."""
    with held(f"job {name}") as mine:
        started = timezone.now()
        row = Job.objects.due(started).filter(name=name).first() if mine else None
        if row is None:
            return False
        failures = row.failures + row.has_begun  # begun, not ended, and nobody held the lock: it was killed
        _begin(row, started, failures)
        _end(row, known()[name], started, failures)
    return True


def _begin(row: Job, started: datetime, failures: int) -> None:
    problem = _("The process ended while it ran.") if row.has_begun else row.problem
    again = started + _pause(failures + 1)
    Job.objects.filter(pk=row.pk).update(started_at=started, due_at=again, failures=failures, problem=problem)


def _end(row: Job, job: Recurring, started: datetime, failures: int) -> None:
    try:
        values = {"outcome": str(job.function())[:300], "problem": "", "failures": 0, "due_at": started + job.every}
    except Exception as error:
        logger.exception("job %s failed", job.name)
        problem = f"{type(error).__name__}: {error}"[:2_000]
        values = {"problem": problem, "failures": failures + 1, "due_at": timezone.now() + _pause(failures + 1)}
    Job.objects.filter(pk=row.pk).update(finished_at=timezone.now(), **values)


def _pause(failures: int) -> timedelta:
    """Return how long to wait after so many failures: 1, 2, 4 … minutes."""
    return min(timedelta(minutes=2 ** min(failures - 1, 10)), LONGEST_PAUSE)


class Clock(threading.Thread):
    """Ticks until it is ended; jobs run beside each other, and beside the worker, so that no letter waits for them."""

    def __init__(self) -> None:
        super().__init__(name="clock", daemon=True)
        self.ended = threading.Event()
        self.jobs: dict[str, threading.Thread] = {}
        self.away = False

    def run(self) -> None:
        while not self.ended.is_set():
            beat(CLOCK)
            self._look()
            self.ended.wait(PERIOD)

    def end(self, patience: float) -> None:
        """Begin nothing more, and give what runs some seconds."""
        self.ended.set()
        deadline = time.monotonic() + patience
        for job in list(self.jobs.values()):
            job.join(max(0, deadline - time.monotonic()))

    def _look(self) -> None:
        self.jobs = {name: job for name, job in self.jobs.items() if job.is_alive()}
        for name in self._due():
            if name not in self.jobs and len(self.jobs) < AT_ONCE:
                self.jobs[name] = threading.Thread(target=_run_apart, args=[name], name=name, daemon=True)
                self.jobs[name].start()

    def _due(self) -> list[str]:
        try:
            close_old_connections()
            names, self.away = due(), False
        except Error as error:
            if not self.away:
                logger.warning("The clock waits for the database: %s", " ".join(str(error).split()))
            names, self.away = [], True
            connections.close_all()
        return names


def _run_apart(name: str) -> None:
    """Run the job on a connection of its own."""
    try:
        run(name)
    except Error as error:
        logger.warning("job %s was cut off: %s", name, " ".join(str(error).split()))
    finally:
        connection.close()
