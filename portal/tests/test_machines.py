"""What machines ask for: health, robots, sitemaps."""

import datetime
from xml.etree import ElementTree

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from common.web import split
from initiatives.links.robots import Rules
from outbox.clock import wind
from outbox.models import Job, Letter
from outbox.services import write
from outbox.tasks import deliver
from tests.factories import OrganisationFactory, country, make_initiative, make_submission
from tests.seen import part_of_sitemap

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

    monkeypatch.setattr("portal.views.home.finding.current", away)
    answer = client.get("/")
    assert answer.status_code == 503 and answer["Retry-After"] == "30"
    assert b"cannot reach its database" in answer.content


def test_robots_names_the_sitemap_and_closes_private_places(client):
    text = client.get("/robots.txt").text
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text


@pytest.mark.parametrize("path", ["/initiatives/", "/map/", "/statistics/", "/compare/"])
def test_robots_closes_combinations_of_filters(client, path):
    assert f"Disallow: {path}?*&" in client.get("/robots.txt").text.splitlines()


@pytest.mark.parametrize(
    ("path", "is_open"),
    [
        ("/forum/t/7/a-topic/", True),
        ("/forum/t/7/a-topic/?page=2", True),
        ("/forum/t/7/a-topic/?page=250", True),
        ("/forum/t/7/a-topic/?page=2&quote=9", False),
        ("/forum/p/9/", False),
        ("/forum/search/?q=licences", False),
        ("/initiatives/?theme=spectrum", True),
        ("/initiatives/?page=2", False),
        ("/initiatives/?theme=spectrum&page=2", False),
        ("/organisations/?page=2", False),
        ("/feeds/initiatives.atom?page=2", False),
    ],
)
def test_robots_may_read_all_of_a_topic_and_no_pages_of_lists(client, path, is_open):
    rules = Rules.read(client.get("/robots.txt").text)
    assert rules.allow(split(f"http://testserver{path}")) is is_open


def test_sitemap_lists_what_is_public_and_nothing_else(client):
    country("KE")
    public, waiting = make_initiative(), make_submission(title="Not for anybody yet, still waiting")
    part = part_of_sitemap("initiatives", public)
    assert part in client.get("/sitemap.xml").text
    text = client.get(part).text
    assert public.get_absolute_url() in text
    assert text.count("<loc>") == 1 and str(waiting.key) not in text
    assert "/countries/KE/" in client.get("/sitemap-countries.xml").text


@pytest.mark.parametrize(
    "part", ["submissions", "initiatives-0", "initiatives-1", "initiatives-99", "pages-2", "x-2", "initiatives-²"]
)
def test_sitemap_of_no_such_section_or_part_is_not_found(client, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_sitemap_is_cut_by_numbers_and_nothing_is_lost(client, monkeypatch):
    first, second = make_initiative(), make_initiative()
    monkeypatch.setattr("portal.sitemaps.PART", second.pk - 1)
    index = client.get("/sitemap.xml").text
    assert "/sitemap-initiatives.xml" in index and "/sitemap-initiatives-2.xml" in index
    assert first.get_absolute_url() in client.get("/sitemap-initiatives.xml").text
    part = client.get("/sitemap-initiatives-2.xml").text
    assert second.get_absolute_url() in part and part.count("<loc>") == 1


def test_sitemap_says_when_things_changed(client):
    initiative = make_initiative()
    day = initiative.changed_at.date().isoformat()
    for part in ("/sitemap.xml", part_of_sitemap("initiatives", initiative)):
        root = ElementTree.fromstring(client.get(part).content)
        assert [found.text[:10] for found in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod")] == [day]


def test_sitemap_has_the_pages_that_gather(client):
    initiative = make_initiative(tag_names=["extra"])
    hidden = OrganisationFactory(name="Nothing public")
    texts = {name: client.get(f"/sitemap-{name}.xml").text for name in ("themes", "tags", "organisations", "regions")}
    for path in ("/themes/spectrum/", "/pillars/safe-use/", "/collections/reg4covid/"):
        assert f"<loc>http://testserver{path}</loc>" in texts["themes"]
    assert "/tags/extra/" in texts["tags"] and "/regions/AFR/" in texts["regions"]
    assert f"/organisations/{initiative.organisation_id}/" in texts["organisations"]
    assert f"/organisations/{hidden.pk}/" not in texts["organisations"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_a_sitemap_do_not_grow(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_initiative()
    with django_assert_num_queries(4):  # state; parts of organisations, initiatives, topics
        client.get("/sitemap.xml")
    for name in ("initiatives", "organisations"):
        with django_assert_num_queries(2):
            client.get(f"/sitemap-{name}.xml")
