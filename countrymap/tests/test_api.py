"""Countries, regions and statistics in the API: the numbers of their pages."""

import csv

import pytest
from django.urls import reverse

from countries.services import load_countries
from countrymap.numbers import count_initiatives
from initiatives.tests.api import faults, get
from initiatives.tests.choosing import scatter
from tests.factories import make_initiative

pytestmark = pytest.mark.django_db

COUNTRIES, STATISTICS = "/api/v1/countries/", "/api/v1/statistics/"


@pytest.fixture
def some(db):
    load_countries()
    return scatter(40)


def test_countries_have_the_counts_of_the_map(client, some):
    items = get(client, "", COUNTRIES).json()["items"]
    assert len(items) == 249
    assert {item["iso2"]: item["initiatives"] for item in items if item["initiatives"]} == count_initiatives().countries


def test_country_says_names_region_and_groups(client, some):
    said = get(client, "", f"{COUNTRIES}UG/").json()
    assert (said["iso3"], said["m49"], said["region"], said["groups"]) == ("UGA", "800", "AFR", ["ldc", "lldc"])
    assert said["names"]["fr"] == "Ouganda" and said["itu_member"] is True
    assert said == get(client, "", f"{COUNTRIES}ug/").json()
    assert client.get(said["url"]).status_code == 200
    found = client.get(said["initiatives_url"]).json()
    assert sum(said["themes"].values()) >= found["count"] > 0


def test_territory_of_no_region_is_listed(client, some):
    assert get(client, "", f"{COUNTRIES}AX/").json()["region"] is None


@pytest.mark.parametrize("code", ["ZZ", "KEX", "1", "K%C4%B0", "%00%00"])
def test_country_that_there_is_not(client, code, some):
    response = get(client, "", f"{COUNTRIES}{code}/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_countries_by_region_and_group(client, some):
    found = get(client, "region=afr&group=sids", COUNTRIES).json()["items"]
    assert found and all(item["region"] == "AFR" and "sids" in item["groups"] for item in found)
    assert faults(get(client, "region=XXX&group=rich&theme=spectrum", COUNTRIES)).keys() == {"region", "group", "theme"}


def test_regions_count_what_names_them(client, some):
    for item in get(client, "", "/api/v1/regions/").json()["items"]:
        assert client.get(item["initiatives_url"]).json()["count"] == item["initiatives"]
        assert item["regional"] == count_initiatives().regions.get(item["code"], 0)
        assert len(item["countries"]) >= item["member_states"] >= item["member_states_with_initiatives"]


@pytest.mark.parametrize("query", ["", "region=AFR&theme=spectrum", "q=spectrum&archived=1", "weeks=2020"])
def test_statistics_are_those_of_the_files(client, some, query):
    said = get(client, query, STATISTICS).json()
    for table in said["tables"]:
        assert [(line["code"] or "", line["label"], str(line["initiatives"])) for line in table["lines"]] == file(
            client, table["name"], query
        )
    time = [(step["first_day"], step["last_day"], str(step["started"]), str(step["in_force"])) for step in said["time"]]
    assert time == file(client, "time", query)
    coverage = [(row["country"], row["region"], str(row["initiatives"])) for row in said["coverage"]]
    assert coverage == [(row[0], row[2], row[4]) for row in file(client, "coverage", query)]
    assert said["initiatives"] == get(client, query.replace("weeks=2020", "")).json()["count"]


def file(client, name: str, query: str) -> list[tuple]:
    response = client.get(f"{reverse('countrymap:statistics-csv', args=[name])}?{query}")
    lines = b"".join(response).decode("utf-8-sig").splitlines()
    return [tuple(row) for row in csv.reader(lines)][1:]


def test_bad_parameters_of_statistics_are_named(client):
    assert faults(get(client, "weeks=never&sort=title&country=ZZ", STATISTICS)).keys() == {"weeks", "sort", "country"}


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    # freshness, limit, news; statistics ask for rows by day and by mark once, then they are remembered
    [(COUNTRIES, 3), (f"{COUNTRIES}KE/", 3), ("/api/v1/regions/", 3), (STATISTICS, 3)],
)
def test_places_cost_as_many_queries_for_any_number(client, address, queries, number, django_assert_num_queries):
    for _each in range(number):
        make_initiative()
    get(client, "", address)
    with django_assert_num_queries(queries):
        get(client, "", address)
