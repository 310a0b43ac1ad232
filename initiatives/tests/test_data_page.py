"""The page of open data: every column, every code, the licence, the dumps; the same for machines."""

import json

import pytest
from django.urls import reverse

from initiatives import columns
from initiatives.exports import dumps
from initiatives.models import Collection
from initiatives.schema import COLUMNS
from moderation.services import transition
from tests.factories import ModeratorFactory, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def page(client) -> str:
    return client.get(reverse("initiatives:data")).text


def test_page_names_every_column_and_code(client):
    text = page(client)
    for column in columns.TABLE:
        if column.name.startswith(("source2", "source3", "source4", "source5")):
            continue
        assert f"<code>{column.name}</code>" in text, column.name
        for code, _label in column.codes:
            assert f"<code>{code}</code>" in text, code


def test_page_offers_every_format_and_the_licence(client):
    text = page(client)
    for format in ("csv", "xlsx", "json", "geojson"):
        assert f'href="{reverse("initiatives:export", args=[format])}"' in text
    assert "creativecommons.org/licenses/by/4.0" in text
    assert f"Version {columns.VERSION}" in text


def test_page_lists_the_dump_with_size_and_sum(client):
    assert "There is no dump yet" in page(client)
    make_initiative()
    dump = dumps.make()
    text = page(client)
    for file in dump.files:
        assert reverse("initiatives:dump", args=[dump.day, file["name"]]) in text
        assert file["sha256"] in text


def test_page_is_kept_until_something_changes(client, django_assert_num_queries, monkeypatch):
    page(client)  # the index is in memory from now on
    with django_assert_num_queries(1):  # state of the log
        kept = page(client)
    with monkeypatch.context() as patch:
        patch.setattr(dumps, "dumps", None)  # nor is any file read
        assert page(client) == kept
    Collection.objects.create(slug="next", name="Another call", opens_on="2026-01-01")
    assert "Another call" in page(client)


def test_page_kept_shows_a_dump_that_comes_or_goes(client):
    one = make_initiative()
    page(client)
    dump = dumps.make()
    text = page(client)
    assert dump.files[0]["sha256"] in text and f'"dateModified":"{dump.day}"' in text
    transition(one, "remove", by=ModeratorFactory(), public_reason="Wrong.")
    assert dump.files[0]["sha256"] not in page(client) and "dateModified" not in page(client)


def test_machines_read_the_same_columns(client):
    package = json.loads(client.get(reverse("initiatives:datapackage")).content)
    (resource,) = package["resources"]
    assert resource["path"].endswith(reverse("initiatives:export", args=["csv"]))
    assert [field["name"] for field in resource["schema"]["fields"]] == list(COLUMNS)
    assert package["licenses"][0]["name"] == "CC-BY-4.0"


def test_footer_leads_to_the_page(client):
    assert f'href="{reverse("initiatives:data")}"' in client.get(reverse("initiatives:list")).text
