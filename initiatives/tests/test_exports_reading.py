"""Rows for files are those of the schema, read in any number with one query for each thousand."""

import pytest

from initiatives import whole
from initiatives.exports import reading
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from initiatives.schema import public_row
from moderation.services import transition
from tests.factories import ModeratorFactory, make_initiative

pytestmark = pytest.mark.django_db

SOURCES = [
    {"url": f"https://regulator.example/{n}", "title": f"T{n}", "issuing_body": "B", "kind": "media"} for n in range(5)
]


def rows(found=None, **options) -> list[dict]:
    found = Initiative.objects.public().newest() if found is None else found
    return [row for chunk in reading.rows_of(reading.ids_of(found), **options) for row in chunk]


@pytest.fixture
def varied() -> list[Initiative]:
    """Initiatives that use every column, and one that uses few."""
    first = make_initiative(scope="global", countries=[], sources=SOURCES)
    Initiative.objects.filter(pk=first.pk).update(starts_on=None)  # as imports may
    full = make_initiative(
        countries=["KE", "GH", "CN"],
        scope="multi_country",
        sources=SOURCES[1:3],
        partners=["B", "A"],
        further_themes=["digital_inclusion"],
        sdgs=[9, 3],
        starts_on="2020-03-01",
        starts_precision="month",
        end_kind="date",
        ends_on="2021-01-01",
        ends_precision="year",
        tag_names=["zebra", "Äpfel", "alpha"],
        title="طيف مؤقت",
        language="ar",
        results="结果",
        follows_id=first.pk,
    )
    return [first, full, make_initiative(scope="regional", region="AFR", countries=[])]


def test_rows_are_those_of_the_schema(varied):
    again = map(whole.read, Initiative.objects.newest().values_list("reference", flat=True))
    assert rows() == [public_row(initiative) for initiative in again]
    assert {len(row) for row in rows()} == {58}


@pytest.mark.parametrize("sort", ["newest", "start", "-start", "title"])
def test_rows_are_in_the_order_of_the_list(varied, sort):
    found = InitiativeFilter({"sort": [sort]}).qs
    assert [row["reference"] for row in rows(found)] == [initiative.reference for initiative in found]


@pytest.mark.parametrize("number", [1, 3])
def test_rows_cost_one_query_for_each_chunk(number, django_assert_num_queries):
    for _each in range(number):
        make_initiative()
    rows()  # content types are remembered
    with django_assert_num_queries(2):  # the numbers, and one chunk
        assert len(rows()) == number


def test_chunks_cost_one_query_more_each(varied, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(reading, "CHUNK", 1)
    rows()
    with django_assert_num_queries(4):
        assert len(rows()) == 3


def test_what_is_published_meanwhile_neither_doubles_nor_loses_a_row(varied, monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 1)
    chunks = reading.rows_of(reading.ids_of(Initiative.objects.public().newest()))
    taken = next(chunks)
    make_initiative(title="Published meanwhile")
    Initiative.objects.filter(pk=varied[0].pk).update(published_on="2030-01-01")  # first in the order now
    taken += [row for chunk in chunks for row in chunk]
    assert [row["reference"] for row in taken] == [initiative.reference for initiative in reversed(varied)]


def test_what_is_archived_meanwhile_stays_in_the_file(varied, monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 1)
    chunks = reading.rows_of(reading.ids_of(Initiative.objects.public().newest()))
    next(chunks)
    transition(varied[0], "archive", by=ModeratorFactory(), public_reason="Old.")
    assert len([row for chunk in chunks for row in chunk]) == 2


def test_what_is_removed_meanwhile_breaks_the_file_off(varied):
    ids = reading.ids_of(Initiative.objects.public().newest())
    transition(varied[1], "remove", by=ModeratorFactory(), public_reason="Wrong.")
    with pytest.raises(reading.Changed):
        list(reading.rows_of(ids))
    assert len(next(reading.rows_of(ids, strict=False))) == 2


def test_nothing_found_is_no_chunk(db):
    assert rows() == []
