"""The log of changes: whatever changes what the public sees is told once, however it came about."""

from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone
from taggit.models import Tag

from accounts.models import Organisation
from countries.models import Country
from initiatives import changes
from initiatives.models import Change, Collection, Initiative
from tests.factories import OrganisationFactory, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative():
    return make_initiative(tag_names=["spectrum"])


@pytest.fixture
def reader(initiative):
    reader = changes.Reader()
    assert reader.news().everything  # it knows nothing yet
    return reader


def test_nothing_new_is_no_news(reader):
    assert not reader.news()


@pytest.mark.parametrize(
    "change",
    [
        lambda one: Initiative.objects.filter(pk=one.pk).update(title="Another title"),
        lambda one: one.countries.clear(),
        lambda one: one.tags.add("free data"),
        lambda one: one.tags.get().delete(),
        lambda one: one.tags.filter().update(name="radio"),
        lambda one: Organisation.objects.filter(pk=one.organisation_id).update(name="Renamed Authority"),
    ],
    ids=["row", "countries", "tagged", "tag deleted", "tag renamed", "organisation renamed"],
)
def test_change_of_what_is_shown_is_told_once(reader, initiative, change):
    make_initiative()
    reader.news()
    change(initiative)
    news = reader.news()
    assert not news.everything and news.initiatives - {changes.NONE} == {initiative.pk}
    assert not reader.news()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Organisation.objects.filter(name="Alone").update(name="Alone still"),
        lambda: Organisation.objects.filter(name="Alone").delete(),
        lambda: Tag.objects.filter(name="unused").update(name="never used"),
        lambda: Tag.objects.filter(name="unused").delete(),
        lambda: Collection.objects.create(slug="next", name="Next", opens_on="2026-01-01"),
        lambda: Collection.objects.filter(slug="empty").delete(),
        changes.tell,
    ],
    ids=["organisation", "organisation gone", "tag", "tag gone", "collection", "collection gone", "told"],
)
def test_change_without_an_initiative_is_told(reader, change):
    OrganisationFactory(name="Alone"), Tag.objects.create(name="unused")
    Collection.objects.create(slug="empty", name="Empty", opens_on="2026-01-01")
    reader.news()
    change()
    assert reader.news() == changes.News(initiatives=frozenset({changes.NONE}))


def test_row_saved_as_it_was_is_no_news(reader, initiative):
    Initiative.objects.filter(pk=initiative.pk).update(title=initiative.title)
    assert not reader.news()


@pytest.mark.parametrize("model, changed", [(Country, {"ldc": True}), (Collection, {"name": "Another call"})])
def test_change_of_a_country_or_collection_concerns_all(reader, model, changed):
    one = model.objects.first()
    model.objects.filter(pk=one.pk).update(**changed)
    assert reader.news().everything


def test_reader_who_comes_late_begins_anew(reader):
    reader.read_at -= changes.KEPT
    assert reader.news().everything and not reader.news().everything


def test_old_rows_are_forgotten(initiative):
    Change.objects.update(made_at=timezone.now() - changes.KEPT - timedelta(minutes=1))
    assert changes.prune() > 0 and not Change.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_transaction_that_ends_late_is_not_missed():
    early, late = make_initiative(), make_initiative()
    reader = changes.Reader()
    reader.news()
    other = connections.create_connection("default")
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:  # begins first, ends last
            cursor.execute("UPDATE initiatives_initiative SET title = 'Late' WHERE id = %s", [late.pk])
        with transaction.atomic():
            Initiative.objects.filter(pk=early.pk).update(title="Early")
        assert reader.news().initiatives == {early.pk}
        other.commit()
        assert reader.news().initiatives == {late.pk}
    finally:
        other.close()
    assert not reader.news()
