"""What machines ask for: health, robots, sitemaps."""

import datetime

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outbox.clock import wind
from outbox.models import Job, Letter
from outbox.services import write
from outbox.tasks import deliver
from tests.factories import country, make_initiative, make_submission

pytestmark = pytest.mark.django_db


def test_livez_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/livez").content == b"ok\n"


@pytest.fixture(autouse=True)
def _clock(db) -> None:
    wind()


def test_healthz_is_well(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    parts = "database task_queue clock letters migrations".split()
    assert answer.json() == {"status": "ok", **dict.fromkeys(parts, "ok")}


def waiting_task(*, minutes: int, due: int | None) -> None:
    """A letter in the queue since `minutes`, to be sent at once or `due` minutes from now."""
    result = deliver.using(backend="queue").enqueue(1)
    since = timezone.now() - datetime.timedelta(minutes=minutes)
    rows = DBTaskResult.objects.filter(pk=result.id)
    rows.update(enqueued_at=since)
    if due is not None:
        rows.update(run_after=timezone.now() + datetime.timedelta(minutes=due))


@pytest.mark.parametrize(
    ("minutes", "due", "state"),
    [
        (6, None, "fails"),
        (4, None, "ok"),
        (60, +24 * 60, "ok"),
        (60, -1, "ok"),
        (60, -7, "fails"),
    ],
)
def test_healthz_fails_when_a_task_waits_long(client, settings, minutes, due, state):
    settings.TASKS = {**settings.TASKS, "queue": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    waiting_task(minutes=minutes, due=due)
    answer = client.get("/healthz")
    assert answer.status_code == (503 if state == "fails" else 200) and answer.json()["task_queue"] == state


@pytest.mark.parametrize(("minutes", "paused", "state"), [(6, False, "fails"), (4, False, "ok"), (60, True, "ok")])
def test_healthz_fails_when_the_clock_stands_still(client, minutes, paused, state):
    Job.objects.update(due_at=timezone.now() - datetime.timedelta(minutes=minutes), is_paused=paused)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["clock"]) == (503 if state == "fails" else 200, state)


def test_healthz_fails_when_the_clock_never_went(client):
    Job.objects.all().delete()
    assert client.get("/healthz").json()["clock"] == "fails"


@pytest.mark.parametrize(("minutes", "state"), [(11, "fails"), (9, "ok"), (-30, "ok")])
def test_healthz_fails_when_letters_wait_long(client, minutes, state):
    write("A subject", "A text", "a@example.org")
    due_at = timezone.now() - datetime.timedelta(minutes=minutes)
    Letter.objects.update(state="waiting", due_at=due_at)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["letters"]) == (503 if state == "fails" else 200, state)


def test_healthz_fails_when_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr("portal.views.health.MigrationExecutor.migration_plan", lambda self, targets: ["one"])
    assert client.get("/healthz").json()["migrations"] == "fails"


def test_page_says_that_the_database_is_away(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("portal.views.home.count_initiatives", away)
    answer = client.get("/")
    assert answer.status_code == 503 and answer["Retry-After"] == "30"
    assert b"cannot reach its database" in answer.content


def test_robots_names_the_sitemap_and_closes_private_places(client):
    text = client.get("/robots.txt").text
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_sitemap_lists_what_is_public_and_nothing_else(client):
    country("KE")
    public, waiting = make_initiative(), make_submission(title="Not for anybody yet, still waiting")
    assert "sitemap-initiatives.xml" in client.get("/sitemap.xml").text
    text = client.get("/sitemap-initiatives.xml").text
    assert public.get_absolute_url() in text
    assert text.count("<loc>") == 1 and str(waiting.key) not in text
    assert "/countries/KE/" in client.get("/sitemap-countries.xml").text


def test_sitemap_of_no_such_section_is_not_found(client):
    assert client.get("/sitemap-submissions.xml").status_code == 404
