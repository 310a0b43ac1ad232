"""`manage.py work`."""

import logging
import threading
from secrets import token_hex

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands.db_worker import Worker

from outbox.clock import Clock
from outbox.reaper import put_back

logger = logging.getLogger(__name__)

INTERVAL = 0.5  # seconds between looks into an empty queue: somebody waits for a sign-in code
LONGEST_PAUSE = 30  # seconds between tries where the database is away
PATIENCE = 2  # seconds for jobs to end; what is cut off, another run completes


class Command(BaseCommand):
    help = "Does the background work until it is ended: tasks from the queue, and recurring jobs. Run one, or several."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--worker-id", default=f"work-{token_hex(8)}", help="unique among all workers, ever")

    def handle(self, *, worker_id: str, **options) -> None:
        worker = make_worker(worker_id)
        worker.configure_signals()
        clock = Clock()
        clock.start()
        try:
            work(worker)
        finally:
            clock.end(PATIENCE)


def make_worker(worker_id: str) -> Worker:
    """Return a worker for every queue."""
    return Worker(
        queue_names=["*"],
        interval=INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )


def work(worker: Worker) -> None:
    """Run the worker until it is told to end; while the database is away, wait for it."""
    pause = 1
    while worker.running:
        try:
            put_back(workers=worker.worker_id)  # what it was at when the database went
            pause = 1
            worker.run()
        except (OperationalError, InterfaceError) as error:
            logger.warning("The database is away: %s", " ".join(str(error).split()))
            connections.close_all()
            threading.Event().wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
