"""Tasks of killed workers come back, but not for ever."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from outbox.reaper import forget, put_back

pytestmark = pytest.mark.django_db


def running(*, minutes: int, workers: list[str]) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - timedelta(minutes=minutes),
        worker_ids=workers,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tests.nothing",
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="",
        traceback="",
    )


def status(task: DBTaskResult) -> str:
    task.refresh_from_db()
    return task.status


def test_task_of_a_dead_worker_is_put_back():
    mine, other = running(minutes=1, workers=["run-a-1"]), running(minutes=1, workers=["run-b-1"])
    assert put_back(workers="run-a-") == (1, 0)
    assert (status(mine), status(other)) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    assert list(DBTaskResult.objects.ready()) == [mine]


def test_task_that_never_ends_is_put_back():
    late, busy = running(minutes=90, workers=["x"]), running(minutes=30, workers=["x"])
    call_command("put_back_tasks", verbosity=0)
    assert (status(late), status(busy)) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def test_task_that_takes_its_worker_with_it_is_given_up():
    task = running(minutes=1, workers=["run-a-1", "run-a-2", "run-a-3"])
    assert put_back(workers="run-a-") == (0, 1)
    assert status(task) == TaskResultStatus.FAILED


def ended(outcome: str, *, hours: int) -> None:
    task = running(minutes=1, workers=["x"])
    task.status, task.finished_at = outcome, timezone.now() - timedelta(hours=hours)
    task.save()


def test_finished_tasks_are_forgotten_because_they_carry_letters():
    ended(TaskResultStatus.SUCCESSFUL, hours=2)
    ended(TaskResultStatus.FAILED, hours=15 * 24)
    ended(TaskResultStatus.SUCCESSFUL, hours=0)
    ended(TaskResultStatus.FAILED, hours=24)
    running(minutes=1, workers=["x"])
    assert (forget(), DBTaskResult.objects.count()) == (2, 3)
