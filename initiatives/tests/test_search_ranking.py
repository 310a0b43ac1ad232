"""What is shown first of what is found."""

import datetime

import pytest
from django.utils import timezone

from initiatives import status
from initiatives.models import Initiative
from initiatives.search import matches, ranking
from initiatives.tests.searching import made
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def ranked(text: str, limit: int = 10) -> list[str]:
    asked = matches(text)
    titles = dict(Initiative.objects.values_list("pk", "title"))
    return [titles[pk] for pk in asked.ranked_ids(asked.ids(), limit)]


def test_title_comes_before_text_however_often_it_stands_there():
    made("Antennas")
    made("Text", summary="Antennas, antennas and antennas. " * 5, mark="confirmed")
    assert ranked("antenna") == ["Antennas", "Text"]


def test_summary_comes_before_description():
    made("Description", description="All about antennas.")
    made("Summary", summary="All about antennas, which is told here in a summary.")
    assert ranked("antenna") == ["Summary", "Description"]


def test_words_side_by_side_come_before_words_apart():
    made("Apart", summary="Free lunch in every school, and a lot of other things that nobody wants, and data.")
    made("Together", summary="A lunch in every school, and a lot of other things that nobody wants: free data.")
    assert ranked("free data") == ["Together", "Apart"]


@pytest.mark.parametrize(
    "better, worse",
    [
        ({"mark": "confirmed"}, {}),
        ({}, {"mark": "contested"}),
        ({}, {"declared_status": "ended"}),
        ({}, {"declared_status": "revoked"}),
        ({}, {"end_kind": "date", "ends_on": datetime.date(2020, 6, 1)}),
        ({}, {"end_kind": "not_announced", "starts_on": datetime.date(2020, 1, 1)}),
    ],
)
def test_what_can_be_relied_on_comes_first(better, worse):
    made("Antennas better", **better)
    made("Antennas worse", **worse)
    assert ranked("antennas") == ["Antennas better", "Antennas worse"]


def test_verified_organisation_comes_first():
    made("Antennas verified", organisation=OrganisationFactory(verified_at=timezone.now()))
    made("Antennas unverified", organisation=OrganisationFactory())
    assert ranked("antennas") == ["Antennas verified", "Antennas unverified"]


def test_equal_ones_come_by_date():
    made("Antennas old", published_on="2020-01-01")
    made("Antennas new", published_on="2021-01-01")
    made("Antennas older", published_on="2019-01-01")
    assert ranked("antennas") == ["Antennas new", "Antennas old", "Antennas older"]


def test_of_very_many_the_newest_are_compared(monkeypatch):
    monkeypatch.setattr(ranking, "RANKED", 1)
    made("Antennas", published_on="2020-01-01")
    made("Text", summary="About antennas and nothing else, in a summary.", published_on="2021-01-01")
    assert ranked("antennas") == ["Text"]


def test_queryset_is_ranked_too():
    made("Antennas one", theme="public_information")
    made("Antennas two")
    found = Initiative.objects.public().filter(theme="spectrum")
    titles = Initiative.objects.in_bulk(matches("antennas").ranked_ids(found, 10))
    assert [one.title for one in titles.values()] == ["Antennas two"]


def test_only_the_best_are_returned():
    for number in range(3):
        made(f"Antennas {number}")
    assert len(ranked("antennas", limit=2)) == 2


def test_removed_one_is_not_ranked():
    one = made("Antennas")
    asked = matches("antennas")
    ids = asked.ids()
    Initiative.objects.filter(pk=one.pk).update(status="removed")
    assert asked.ranked_ids(ids, 10) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_ranking_asks_three_times(rows, django_assert_num_queries):
    for number in range(rows):
        made(f"Antennas {number}", starts_on=status.today())
    with django_assert_num_queries(3):  # the dictionaries, the texts, the order
        assert len(ranked_ids("antennas")) == rows


def ranked_ids(text: str) -> list[int]:
    asked = matches(text)
    return asked.ranked_ids(asked.ids(), 10)
