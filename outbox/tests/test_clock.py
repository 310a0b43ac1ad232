"""Jobs run when they are due, one at a time, and fail in plain sight."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outbox import chores, clock, jobs
from outbox.jobs import Recurring
from outbox.locks import held
from outbox.models import Job


class Work:
    """What the only job does: note that it was called, and what it is told to."""

    def __init__(self) -> None:
        self.calls, self.then = 0, lambda: "done"

    def __call__(self) -> str:
        self.calls += 1
        return self.then()


@pytest.fixture
def work(monkeypatch):
    work = Work()
    monkeypatch.setattr(jobs, "_jobs", {"work": Recurring("work", timedelta(seconds=10), work)})
    return work


def the_job() -> Job:
    return Job.objects.get(name="work")


def fail() -> str:
    raise RuntimeError("no luck")


@pytest.mark.django_db
def test_due_job_runs_and_is_due_again_later(work):
    assert (clock.tick(), clock.tick(), work.calls) == (["work"], [], 1)
    job = the_job()
    assert (job.outcome, job.failures, job.has_begun) == ("done", 0, False)
    assert timedelta(seconds=8) < job.due_at - timezone.now() <= timedelta(seconds=10)


@pytest.mark.django_db
def test_job_comes_round_again(work):
    for _time in range(3):
        clock.tick()
        Job.objects.update(due_at=timezone.now())
    assert work.calls == 3


@pytest.mark.django_db
def test_paused_job_does_not_run(work):
    Job.objects.create(name="work", due_at=timezone.now(), is_paused=True)
    assert (clock.tick(), work.calls) == ([], 0)


@pytest.mark.django_db
def test_failing_job_backs_off_and_is_shown(work):
    work.then, pauses = fail, []
    for _time in range(9):
        clock.tick()
        pauses.append(round((the_job().due_at - timezone.now()).total_seconds() / 60))
        Job.objects.update(due_at=timezone.now())
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert (the_job().failures, the_job().problem) == (9, "RuntimeError: no luck")
    assert list(Job.objects.failing()) == [the_job()]


@pytest.mark.django_db
def test_job_that_works_again_is_well(work):
    Job.objects.create(name="work", due_at=timezone.now(), failures=3, problem="no luck")
    clock.tick()
    assert (the_job().failures, the_job().problem) == (0, "")


@pytest.mark.django_db
def test_job_that_takes_its_process_with_it_waits_and_is_shown(work):
    """The next run is written before it begins."""
    work.then = lambda: str(timezone.now() < the_job().due_at < timezone.now() + timedelta(minutes=1))
    clock.tick()
    assert the_job().outcome == "True"
    began = timezone.now()
    Job.objects.update(started_at=began, finished_at=None, due_at=began)
    work.then = lambda: f"{the_job().failures} {the_job().problem}"
    clock.tick()
    assert the_job().outcome == "1 The process ended while it ran."


@pytest.mark.django_db(transaction=True)
def test_job_that_runs_elsewhere_is_left_alone(work, elsewhere):
    with held("job work") as mine:
        assert mine and elsewhere(clock.tick) == []
    assert elsewhere(clock.tick) == ["work"]


@pytest.mark.django_db(transaction=True)
def test_two_clocks_run_a_due_job_once(work):
    start, ran = threading.Barrier(2), []

    def tick() -> None:
        start.wait()
        ran.extend(clock.tick())
        connection.close()

    for _time in range(10):
        threads = [threading.Thread(target=tick) for _clock in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        Job.objects.update(due_at=timezone.now())
    assert (len(ran), work.calls) == (10, 10)


@pytest.mark.django_db(transaction=True)
def test_clock_of_a_worker_runs_jobs_beside_it(work):
    done = threading.Event()
    work.then = lambda: str(done.set())
    going = clock.Clock()
    going.start()
    assert done.wait(5)
    going.end(5)
    assert not any(job.is_alive() for job in going.jobs.values())
    assert the_job().outcome == "None"


@pytest.mark.django_db
def test_clock_survives_without_a_database(work, monkeypatch, caplog):
    from django.db import OperationalError

    def away():
        raise OperationalError("gone")

    monkeypatch.setattr(clock, "due", away)
    monkeypatch.setattr(clock.connections, "close_all", lambda: None)
    going = clock.Clock()
    assert [going._due(), going._due()] == [[], []]
    assert len(caplog.records) == 1


@pytest.mark.django_db
def test_winding_makes_nothing_late(work):
    long_ago = timezone.now() - timedelta(days=3)
    Job.objects.create(name="work", due_at=long_ago)
    clock.wind()
    assert the_job().due_at > long_ago + timedelta(days=2)


@pytest.mark.django_db
def test_job_that_left_the_code_is_forgotten(work):
    old = timezone.now() - timedelta(days=2)
    Job.objects.create(name="of_old_code", due_at=old)
    Job.objects.create(name="work", due_at=old, is_paused=True)
    assert "of_old_code" not in clock.due()
    chores.forget_finished_tasks()
    assert list(Job.objects.all()) == [the_job()]


@pytest.mark.django_db
def test_ticking_leaves_no_rows_but_the_jobs(work):
    for _tick in range(60):
        Job.objects.update(due_at=timezone.now())
        clock.tick()
    assert (work.calls, Job.objects.count(), DBTaskResult.objects.count()) == (60, 1, 0)


@pytest.mark.django_db
def test_look_for_what_is_due_costs_two_queries(work, django_assert_num_queries):
    clock.tick()
    with django_assert_num_queries(2):
        clock.due()


@pytest.mark.django_db
def test_every_chore_of_the_outbox_runs(capsys):
    call_command("tick")
    told = capsys.readouterr().out
    assert all(name in told for name, job in jobs.known().items() if job.function.__module__ == "outbox.chores")
    assert not Job.objects.failing().exists()
