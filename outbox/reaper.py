"""Tasks that a killed worker left RUNNING for ever are put back into the queue; finished ones are forgotten.

Jobs do both (outbox.chores); `make run` puts back at once what a worker of its own leaves when it ends, and a worker
that lost the database what it was at then. A task may therefore run twice: tasks have to bear that.
"""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

MOST_TRIES = 3  # a task that takes its worker with it must not do so for ever
LONGEST = timedelta(hours=1)  # no task of the portal runs longer
KEPT = {TaskResultStatus.SUCCESSFUL: timedelta(hours=1), TaskResultStatus.FAILED: timedelta(days=14)}


def put_back(*, workers: str = "", older_than: timedelta = LONGEST) -> tuple[int, int]:
    """Put back tasks started longer ago than `older_than`, and those of dead workers.

    `workers` begins the names of workers known to have ended. Returns how many were put back and how many were given
    up after MOST_TRIES.
    """
    put, given_up = 0, 0
    with transaction.atomic():
        running = DBTaskResult.objects.running().select_for_update(skip_locked=True).order_by("enqueued_at")
        for task in running:
            late = task.started_at is None or task.started_at < timezone.now() - older_than
            orphan = bool(workers and task.worker_ids and task.worker_ids[-1].startswith(workers))
            if not (late or orphan):
                continue
            if len(task.worker_ids) >= MOST_TRIES:
                _give_up(task)
                given_up += 1
            else:
                task.status, task.started_at = TaskResultStatus.READY, None
                task.save(update_fields=["status", "started_at"])
                put += 1
    return put, given_up


def _give_up(task: DBTaskResult) -> None:
    task.status, task.finished_at = TaskResultStatus.FAILED, timezone.now()
    task.traceback = f"Its worker ended {len(task.worker_ids)} times while it ran."
    task.save(update_fields=["status", "finished_at", "traceback"])


def forget() -> int:
    """Delete finished tasks that are older than KEPT says; returns how many."""
    ended = [Q(status=status, finished_at__lt=timezone.now() - age) for status, age in KEPT.items()]
    return DBTaskResult.objects.filter(reduce(or_, ended)).delete()[0]
