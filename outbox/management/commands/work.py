"""`manage.py work`."""

import logging
import threading
from secrets import token_hex

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands.db_worker import Worker

from outbox.clock import Clock
from outbox.pulse import TASKS, beat
from outbox.reaper import put_back

logger = logging.getLogger(__name__)

INTERVAL = 0.5  # seconds between looks into an empty queue: somebody waits for a sign-in code
LONGEST_PAUSE = 30  # seconds between tries where the database is away
PATIENCE = 2  # seconds for jobs to end; what is cut off, another run completes


class Command(BaseCommand):
    help = "Does the background work until it is ended: tasks from the queue, and recurring jobs. Run one, or several."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--worker-id", default=f"work-{token_hex(8)}", help="unique among all workers, ever")
        parser.add_argument("--instead-of", default="", help="how the names of workers begin that have ended")

    def handle(self, *, worker_id: str, instead_of: str, **options) -> None:
        worker = make_worker(worker_id)
        worker.configure_signals()
        clock = Clock()
        clock.start()
        try:
            work(worker, instead_of=instead_of)
        finally:
            clock.end(PATIENCE)


class BeatingWorker(Worker):
    """Says at each look into the queue that it goes on."""

    @property
    def running(self) -> bool:
        beat(TASKS)
        return self._running

    @running.setter
    def running(self, goes_on: bool) -> None:
        self._running = goes_on


def make_worker(worker_id: str) -> Worker:
    """Return a worker for every queue."""
    return BeatingWorker(
        queue_names=["*"],
        interval=INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )


def work(worker: Worker, *, instead_of: str = "") -> None:
    """Run the worker until it is told to end; while the database is away, wait for it.

    Tasks that it was at when the database went are put back, and those of workers whose names begin with `instead_of`.
    """
    pause = 1
    while worker.running:
        try:
            put_back(workers=instead_of or worker.worker_id)
            pause = 1
            worker.run()
        except (OperationalError, InterfaceError) as error:
            logger.warning("The database is away: %s", " ".join(str(error).split()))
            connections.close_all()
            threading.Event().wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
