"""Workers killed with SIGKILL at any moment: no letter is lost, none is sent twice by itself."""

import datetime
import random
import time
import types

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outbox import clock, jobs
from outbox.models import Job, Letter
from outbox.reaper import put_back
from outbox.services import send_again, write
from tests.test_run import free_port
from tests.workers import MailServer, Sink, Workers, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

STAFF = types.SimpleNamespace(has_perm=lambda right: True)


@pytest.fixture
def sink():
    return Sink()


@pytest.fixture
def workers(sink, settings, transactional_db):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    server = MailServer(sink, free_port())
    server.start()
    workers = Workers(server.port)
    yield workers
    workers.kill()
    server.stop(no_assert=True)


def state_of(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.state


OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def ask(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def backends() -> int:
    """Connections of workers; a killed one's is gone when the server has noticed."""
    return ask(f"SELECT count(*) {OTHERS}")


def kill_and_start_again(workers: Workers) -> None:
    """As `make run` does: tasks of the dead are put back, and another worker takes over."""
    workers.kill()
    wait_until(lambda: backends() == 0)
    put_back(workers="test-")
    Job.objects.update(due_at=timezone.now())  # a minute later
    workers.start()


def test_killed_after_the_server_has_the_letter(sink, workers):
    """Exactly the window: marked as being sent, data given, no answer yet."""
    sink.holds_answers = True
    letter = write("Subject", "Text", "a@example.org")
    workers.start()
    wait_until(sink.letters)
    assert state_of(letter) == "sending"
    kill_and_start_again(workers)
    sink.holds_answers = False
    wait_until(lambda: state_of(letter) == "uncertain")
    assert sink.copies == {letter.message_id: 1}

    assert send_again(letter, by=STAFF)
    wait_until(lambda: state_of(letter) == "sent")
    assert sink.copies == {letter.message_id: 2}


def test_killed_after_the_server_has_answered(sink, workers):
    """The letter is out, and nobody could note it."""
    letter = write("Subject", "Text", "a@example.org")
    sink.holds_answers = True
    workers.start()
    wait_until(sink.letters)
    with transaction.atomic():
        Letter.objects.select_for_update().get(pk=letter.pk)  # the worker waits for this row
        sink.holds_answers = False
        wait_until(lambda: ask("SELECT count(*) FROM pg_locks WHERE NOT granted"))
        workers.kill()
        ask(f"SELECT count(pg_terminate_backend(pid)) {OTHERS}")  # before it gets the row after all
    kill_and_start_again(workers)
    wait_until(lambda: state_of(letter) == "uncertain")
    assert sink.copies == {letter.message_id: 1}


def test_killed_before_the_server_says_hello(sink, workers):
    sink.holds_hellos = True
    letter = write("Subject", "Text", "a@example.org")
    workers.start()
    wait_until(lambda: sink.visitors and state_of(letter) == "sending")
    kill_and_start_again(workers)
    wait_until(lambda: state_of(letter) == "uncertain")
    assert sink.letters() == 0


def test_letter_whose_task_was_lost_goes_out(sink, workers):
    letter = write("Subject", "Text", "a@example.org")
    DBTaskResult.objects.all().delete()
    workers.start()
    wait_until(lambda: state_of(letter) == "sent")
    assert sink.copies == {letter.message_id: 1}


def test_killed_at_random_moments(sink, workers):
    """Twenty letters; each ends sent or uncertain, and no copy too many."""
    rng, sink.pause = random.Random(20200323), 0.03
    letters = [write(f"Subject {number}", "Text", "a@example.org") for number in range(20)]
    workers.start()
    for _kill in range(8):
        came = sink.visitors
        wait_until(lambda came=came: sink.visitors > came or not on_their_way())
        time.sleep(rng.random() * 0.2)
        kill_and_start_again(workers)
    wait_until(lambda: not on_their_way())

    states = {letter.message_id: state_of(letter) for letter in letters}
    assert set(states.values()) <= {"sent", "uncertain"}
    assert all(sink.copies[key] == 1 for key, state in states.items() if state == "sent")
    assert max(sink.copies.values()) == 1


def on_their_way() -> bool:
    return Letter.objects.filter(state__in=("waiting", "sending")).exists()


JOB = """
import datetime, django, time
django.setup()
from outbox import clock, jobs
def work():
    time.sleep(60)
jobs._jobs.clear()
jobs.recurring(every=datetime.timedelta(days=1))(work)
clock.tick()
"""


def test_job_killed_in_the_middle_runs_again(workers, monkeypatch):
    def work() -> str:
        return Job.objects.get().problem

    monkeypatch.setattr(jobs, "_jobs", {})
    jobs.recurring(every=datetime.timedelta(days=1))(work)
    workers.call("-c", JOB)
    wait_until(lambda: Job.objects.filter(started_at__isnull=False).exists())
    Job.objects.update(due_at=timezone.now())
    assert clock.tick() == []  # it runs

    workers.kill()
    wait_until(lambda: backends() == 0)
    assert clock.tick() == ["work"]
    job = Job.objects.get()
    assert (job.outcome, job.failures) == ("The process ended while it ran.", 0)
