"""The worker waits for a database that is away, and gives back what it was at."""

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from outbox.management.commands import work
from outbox.services import write
from outbox.tasks import deliver

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def worker(monkeypatch):
    """A worker whose database is away twice, and that is told to end when it comes back."""
    worker, self_made = work.make_worker("w-1"), iter([OperationalError("gone"), OperationalError("gone"), None])
    waits = worker.waits = []

    def run() -> None:
        if error := next(self_made):
            raise error
        worker.running = False

    monkeypatch.setattr(worker, "run", run)
    monkeypatch.setattr(work.connections, "close_all", lambda: None)
    monkeypatch.setattr(work.threading, "Event", lambda: type("Event", (), {"wait": lambda self, s: waits.append(s)})())
    return worker


@pytest.mark.django_db
def test_worker_waits_for_a_database_that_is_away(worker, caplog):
    work.work(worker)
    assert len(worker.waits) == 2 and len(caplog.records) == 2
    assert "gone" in caplog.text


@pytest.mark.django_db
def test_worker_gives_back_what_it_was_at(worker, settings):
    settings.TASKS = QUEUE
    deliver.enqueue(1)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=["w-1"])
    work.work(worker)
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


@pytest.mark.django_db
def test_worker_takes_over_from_those_that_have_ended(worker, settings):
    settings.TASKS = QUEUE
    for number in range(2):
        deliver.enqueue(number)
    task, other = DBTaskResult.objects.all()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=["w-0"])
    DBTaskResult.objects.filter(pk=other.pk).update(worker_ids=["elsewhere-1"])
    work.work(worker, instead_of="w-")
    task.refresh_from_db(), other.refresh_from_db()
    assert (task.status, other.status) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@pytest.mark.django_db
def test_codes_go_first(settings):
    settings.TASKS = QUEUE
    write("A decision", "Text", "a@example.org")
    write("A code", "123456", "a@example.org", is_secret=True, priority=50)
    assert [task.priority for task in DBTaskResult.objects.ready()] == [50, 0]
