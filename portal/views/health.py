"""Whether the portal lives (no database asked) and whether it is well: database, migrations, and the work behind."""

import datetime
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_tasks_db.models import DBTaskResult

from common.safe import only_read
from outbox.models import Job, Letter

LONGEST_WAIT = datetime.timedelta(minutes=5)  # of a task or a job
LONGEST_WAIT_OF_LETTERS = datetime.timedelta(minutes=10)


@only_read
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@only_read
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 where all is well, else 503 with the word "fails" beside what is not."""
    states = {name: _state(check) for name, check in _CHECKS.items()}
    well = all(state == "ok" for state in states.values())
    return JsonResponse({"status": "ok" if well else "fails", **states}, status=200 if well else 503)


def _state(check: Callable[[], bool]) -> str:
    try:
        return "ok" if check() else "fails"
    except DatabaseError:
        return "fails"


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _task_queue() -> bool:
    """Nothing that could run has waited for more than five minutes: then a worker is there."""
    before = timezone.now() - LONGEST_WAIT
    # A task that may run at once has a date in the far future as `run_after`: `ready` knows.
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=before)
    return not late.exclude(run_after__range=(before, timezone.now())).exists()


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _clock() -> bool:
    """The clock has ticked: no job that is not paused waits for long, and there are jobs."""
    late = Job.objects.due(timezone.now() - LONGEST_WAIT)
    return not late.exists() and Job.objects.known().exists()


def _letters() -> bool:
    """No letter that should be on its way still waits. One that is to be tried again later is not due."""
    return not Letter.objects.due(timezone.now() - LONGEST_WAIT_OF_LETTERS).exists()


_CHECKS = {
    "database": _database,
    "task_queue": _task_queue,
    "clock": _clock,
    "letters": _letters,
    "migrations": _migrations,
}
