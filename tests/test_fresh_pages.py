"""Whatever changes what a public page shows gives the page another name, and nothing else does.

Every page is asked before and after each kind of change: where it shows something else, its ETag must be another one.
"""

import datetime
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from accounts import merging
from accounts.models import Organisation
from accounts.services import set_verified
from common.release import _files, release
from countries.models import Country
from initiatives import changes, finding, services
from initiatives.links.registration import register
from initiatives.models import Collection, Initiative, Link
from initiatives.search import following
from moderation.services import take_effect, transition
from tests.factories import OrganisationFactory, content, make_initiative, make_submission
from tests.house import ROOT
from tests.test_access import address_of, rows
from tests.test_cacheable import KEPT
from tests.things import SHOWN

pytestmark = pytest.mark.django_db
FILTERED = ("?theme=spectrum", "?tag=unused&organisation=0", "?q=quince", "?collection=next")


def addresses(things) -> Iterator[str]:
    """Every page that caches may keep, and lists with filters."""
    for method, name, subject, cells in rows():
        if method == "GET" and name in KEPT and cells[0] == "200":
            yield address_of(name, subject, things)
    yield from (reverse(name) + query for name in ("initiatives:list", "countrymap:map") for query in FILTERED)
    yield reverse("countrymap:compare") + "?country=GH&country=KE"
    yield things.published.get_absolute_url() + "?version=1"
    lonely = Organisation.objects.get(name="Lonely Authority")
    yield reverse("initiatives:organisation", args=[lonely.pk, "lonely-authority"])


Pages = dict[str, tuple[str, bytes]]


def look(pages) -> Pages:
    """The ETag and the content of each page, as a process says that has just begun."""
    finding.forget()
    release.cache_clear()
    answers = {page: Client().get(page) for page in pages}
    return {
        page: (answer.headers.get("ETag", str(answer.status_code)), body(answer)) for page, answer in answers.items()
    }


def body(answer) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


@pytest.fixture(scope="module")
def before(things) -> Pages:
    """Every page as it is at first."""
    OrganisationFactory(name="Lonely Authority"), Tag.objects.create(name="unused")
    register()
    following.catch_up()
    return look(addresses(things))


def removed(things, people) -> None:
    transition(things.published, "remove", by=people.moderator, public_reason="By mistake.")


def corrected(things, people) -> None:
    services.save_draft(things.correction, by=people.author, values=content())
    transition(things.correction, "submit", by=people.author)
    transition(things.correction, "approve", by=people.moderator)


def decided(move: str) -> Callable:
    def change(things, people) -> None:
        transition(things.published, move, by=people.moderator, public_reason="Said in public.")

    return change


def row(model, **values) -> Callable:
    """A column written past every service."""

    def change(things, people) -> None:
        one = model.objects.get(pk=things.published.pk) if model is Initiative else model.objects.first()
        model.objects.filter(pk=one.pk).update(**values)

    return change


def published_after_hold(things, people) -> None:
    with override_settings(DECISION_HOLD=datetime.timedelta(minutes=5)):
        waiting = make_submission(by=people.author)
        transition(waiting, "approve", by=people.moderator)
        assert waiting.is_held and take_effect(waiting)


def merged(things, people) -> None:
    kept = OrganisationFactory(name="Kept Authority")
    merging.merge(things.published.organisation, into=kept, by=people.administrator, is_sure=True)


def link_checked(**values) -> Callable:
    def change(things, people) -> None:
        urls = things.published.sources.values("url")
        assert Link.objects.filter(url__in=urls).update(**values)

    return change


NOW = datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC)
CHANGES = {
    "published": lambda things, people: make_initiative(by=people.author),
    "published after hold": published_after_hold,
    "corrected": corrected,
    "removed": removed,
    "archived": decided("archive"),
    "contested": decided("contest"),
    "doubted": decided("doubt"),
    "confirmed": lambda things, people: transition(things.published, "confirm", by=people.author),
    "restored": lambda things, people: transition(
        things.initiatives["removed"], "restore", by=people.moderator, public_reason="It was right."
    ),
    "title": row(Initiative, title="Another title"),
    "mark": row(Initiative, mark="confirmed", checked="confirmed"),
    "overdue": row(Initiative, source_failing_since=NOW, mark="needs_reverification"),
    "ended": row(Initiative, declared_status="ended", declared_on="2021-01-01"),
    "source": lambda things, people: things.published.sources.update(title="Another source"),
    "source gone": lambda things, people: things.published.sources.all().delete(),
    "file": lambda things, people: things.published.attachments.update(title="Another file"),
    "file gone": lambda things, people: things.published.attachments.all().delete(),
    "link works": link_checked(state="works", checked_at=NOW),
    "link fails": link_checked(state="fails", failures=2, failing_since=NOW),
    "countries": lambda things, people: things.published.countries.set(["KE"]),
    "tagged": lambda things, people: things.published.tags.add("free data"),
    "tag renamed": lambda things, people: Tag.objects.filter(slug=f"{SHOWN}-tag").update(name="Quite another tag"),
    "tag of nothing used": lambda things, people: things.published.tags.add("unused"),
    "organisation renamed": lambda things, people: Organisation.objects.update(website="https://other.example"),
    "organisation verified": lambda things, people: verify(things.published.organisation, people),
    "organisation merged": merged,
    "organisation of nothing renamed": lambda things, people: Organisation.objects.filter(
        name="Lonely Authority"
    ).update(website="https://lonely.example"),
    "country renamed": row(Country, name_en="Another name"),
    "country flagged": lambda things, people: Country.objects.filter(iso2="KE").update(lldc=True),
    "collection renamed": row(Collection, name="Another call"),
    "collection closed": row(Collection, closes_on="2021-01-01"),
    "collection opened": lambda things, people: Collection.objects.create(
        slug="next", name="Next", opens_on="2026-01-01"
    ),
}


def verify(organisation: Organisation, people) -> None:
    set_verified(organisation, True, by=people.administrator)


@pytest.mark.parametrize("change", CHANGES)
def test_page_that_shows_a_change_has_another_name(change, before, things, people):
    CHANGES[change](things, people)
    following.catch_up()
    after = look(before)
    shown = {page for page in before if before[page][1] != after[page][1]}
    assert shown, "nothing shows"
    assert {page for page in shown if before[page][0] == after[page][0]} == set()


def test_nothing_changed_is_the_same_name_in_every_process(before):
    first, second = look(before), look(before)
    assert {page for page in before if first[page] != second[page]} == set()
    assert {page for page in before if first[page][1] != before[page][1]} == set()


def test_release_is_named_alike_by_every_process():
    code = "import django; django.setup(); from common.release import release; print(release())"
    environ = {**os.environ, "PYTHONHASHSEED": "1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.stdout.strip() == release()


@pytest.mark.parametrize("name, value", [("SITE_NAME", "Other"), ("DEMO", True), ("SITE_URL", "https://other.example")])
def test_page_shows_settings(name, value, before, settings):
    setattr(settings, name, value)
    after = look(before)
    assert {page for page in before if before[page][0] == after[page][0] and "?q=" not in page} == set()


def test_other_day_is_another_name(client, monkeypatch):
    etag = client.get("/about/")["ETag"]
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert client.get("/about/")["ETag"] != etag


def test_other_release_is_another_name(client, monkeypatch):
    etag = client.get("/about/")["ETag"]
    monkeypatch.setattr("initiatives.cacheable.release", lambda: "next")
    assert client.get("/about/")["ETag"] != etag


@pytest.mark.parametrize("path", "common/paging.py templates/base.html static/css/site.css requirements.txt".split())
def test_release_is_made_of_what_runs(path):
    assert ROOT / path in set(_files())


def test_release_is_named_by_contents(settings, tmp_path, monkeypatch):
    file, seen = tmp_path / "x.py", set()
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr("common.release._files", lambda: [file])
    for text in ("one", "another", "another"):
        file.write_text(text)
        seen.add(release.__wrapped__())
    assert len(seen) == 2


def test_search_has_another_name_when_its_texts_have_followed(client):
    one = make_initiative()
    Initiative.objects.filter(pk=one.pk).update(title="Quokka for every operator")
    page = reverse("initiatives:list") + "?q=quokka"
    early = client.get(page)
    following.catch_up()
    late = client.get(page)
    assert early.content != late.content and early["ETag"] != late["ETag"]
    assert client.get(page, headers={"if-none-match": late["ETag"]}).status_code == 304


def test_dump_that_is_told_renews_the_page(client):
    etag = client.get("/data/")["ETag"]
    changes.tell()
    assert client.get("/data/")["ETag"] != etag
    assert re.match(r'W/"[0-9a-f]{32}"$', etag)
