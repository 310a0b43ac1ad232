"""Whoever walks through the pages meets each initiative once, whatever is published meanwhile."""

import itertools

import pytest

from initiatives.models import Initiative
from initiatives.tests.api import faults, get, pages, references
from initiatives.tests.choosing import scatter
from moderation.services import transition
from tests.factories import ModeratorFactory, make_initiative

pytestmark = pytest.mark.django_db

SORTS = ("newest", "start", "-start", "title")


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("size", [1, 4, 100])
def test_pages_together_are_the_list(client, sort, size):
    scatter(15)
    whole = references(get(client, f"sort={sort}&limit=100"))
    found = list(pages(client, f"sort={sort}&limit={size}"))
    assert list(itertools.chain(*found)) == whole
    assert all(len(page) == size for page in found[:-1])


@pytest.mark.parametrize("sort", SORTS)
def test_nothing_is_met_twice_while_new_ones_arrive(client, sort):
    """New ones stand before, between and behind those that were there."""
    scatter(12)
    before = references(get(client, f"sort={sort}&limit=100"))
    numbers = itertools.count()

    def publish() -> None:
        number = next(numbers)
        if number < 6:
            start = ("2015-01-01", "2020-03-23", "2026-01-01")[number % 3]
            make_initiative(title=f"{'aéz'[number % 3]} {number}", starts_on=start)

    met = list(itertools.chain(*pages(client, f"sort={sort}&limit=2", between=publish)))
    assert len(met) == len(set(met))
    assert [reference for reference in met if reference in before] == before


@pytest.mark.parametrize("sort", SORTS)
def test_nothing_is_missed_while_one_is_removed(client, sort):
    """Even the very one at whose place the next page begins."""
    scatter(9)
    whole = references(get(client, f"sort={sort}&limit=100"))
    first = get(client, f"sort={sort}&limit=3").json()
    last = Initiative.objects.get(reference=whole[2])
    transition(last, "remove", by=ModeratorFactory(), public_reason="A mistake.")
    assert references(client.get(first["next"])) == whole[3:6]


@pytest.mark.parametrize("sort", SORTS)
def test_pages_lead_back(client, sort):
    scatter(14)
    onwards = list(pages(client, f"sort={sort}&limit=4"))
    last = get(client, f"sort={sort}&limit=4").json()
    while last["next"]:
        last = client.get(last["next"]).json()
    back = list(pages(client, last["previous"].partition("?")[2], onwards="previous"))
    assert back == onwards[-2::-1]


def test_first_page_back_overlaps_with_nothing(client):
    """Fewer than a page come before: those and no more."""
    scatter(9)
    whole = references(get(client, "limit=100"))
    second = get(client, f"limit=2&after={_place_after(client, 2)}").json()
    bigger = second["previous"].replace("limit=2", "limit=5")
    assert references(client.get(bigger)) == whole[:2]
    assert client.get(bigger).json()["previous"] is None


def _place_after(client, count: int) -> str:
    return get(client, f"limit={count}").json()["next"].partition("after=")[2]


def test_beyond_the_end_is_nothing(client):
    make_initiative()
    said = get(client, "after=1990-01-01.1990-01-01.1").json()
    assert (said["items"], said["count"], said["next"]) == ([], 1, None)


def test_links_are_in_the_header_too(client):
    scatter(12)
    everything = get(client, "region=AFR&archived=1&region=EUR&limit=2")
    assert "region=AFR&region=EUR" in everything.json()["next"]
    everything = get(client, "limit=2")
    assert everything["Link"] == f'<{everything.json()["next"]}>; rel="next"'
    middle = client.get(everything.json()["next"])
    said = middle.json()
    assert middle["Link"] == f'<{said["next"]}>; rel="next", <{said["previous"]}>; rel="prev"'
    assert "Link" not in get(client, "limit=100")


def test_pages_by_relevance_lead_on(client):
    for number in range(5):
        make_initiative(title=f"Drones {number}")
    whole = references(get(client, "q=drones&sort=relevance&limit=100"))
    assert list(itertools.chain(*pages(client, "q=drones&sort=relevance&limit=2"))) == whole


@pytest.mark.parametrize(
    ("sort", "place"), [("newest", "1"), ("title", "2020-03-23.1"), ("title", "999999"), ("start", "2020-13-01.1.2")]
)
def test_place_of_another_order_is_refused(client, sort, place):
    make_initiative()
    assert faults(get(client, f"sort={sort}&after={place}")).keys() == {"after"}


def test_page_far_on_costs_as_many_queries(client, django_assert_num_queries):
    scatter(30)
    get(client, "limit=1")
    address = get(client, "limit=10").json()["next"]
    with django_assert_num_queries(4):  # freshness, limit, news, records
        client.get(address)
