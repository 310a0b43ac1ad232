"""The panel of a country: a part of the map's page, with its filters and its numbers."""

import re

import pytest

from tests.caches import KEPT
from tests.factories import country, make_draft, make_initiative

pytestmark = pytest.mark.django_db

PANEL_QUERIES = 6  # the log, the index, names of countries for it and for the filter; the rows, their places


@pytest.fixture
def three():
    make_initiative(countries=["KE"], title="Extra spectrum for three months")
    make_initiative(countries=["KE", "UG"], scope="multi_country", theme="economic_measures", measure_types=["subsidy"])
    make_initiative(countries=[], scope="regional", region="AFR")


def panel(client, code: str = "KE", query: str = ""):
    return client.get(f"/map/panel/{code}/{query}", headers={"X-Fragment": "panel"})


def links(response) -> list[str]:
    return re.findall(r'href="([^"]+)"', response.text.replace("&amp;", "&"))


def test_panel_counts_as_the_map_does(client, three):
    for query in ("", "?theme=economic_measures", "?region=AFR", "?country=UG"):
        counts = client.get(f"/map/data.json{query}").json()["counts"]
        for code in ("KE", "UG"):
            assert f": {counts.get(code, 0)} initiative" in panel(client, code, query).text or query == "?country=UG"


def test_panel_shows_themes_newest_and_ways_on(client, three):
    response = panel(client)
    assert "Kenya: 2 initiatives" in response.text
    assert "/initiatives/?country=KE&theme=spectrum" in links(response)
    assert "Extra spectrum for three months" in response.text
    assert links(response)[-2:] == ["/initiatives/?country=KE", "/countries/KE/"]


def test_panel_keeps_the_filters(client, three):
    response = panel(client, query="?theme=economic_measures")
    assert "Kenya: 1 initiative" in response.text
    assert "Extra spectrum" not in response.text
    assert "/initiatives/?country=KE&theme=economic_measures" in links(response)


def test_panel_shows_the_newest_few(client):
    for number in range(5):
        make_initiative(countries=["KE"], title=f"Measure number {number}")
    response = panel(client)
    assert [n for n in range(5) if f"Measure number {n}" in response.text] == [2, 3, 4]
    assert "All 5 in the list" in response.text


def test_panel_of_a_country_without_any(client, three):
    country("FR")
    assert "None recorded yet" in panel(client, "FR").text
    assert "None recorded with these filters" in panel(client, "FR", "?theme=spectrum").text


def test_panel_shows_only_what_is_public(client):
    make_draft(countries=["KE"])
    country("KE")
    assert "Kenya: 0 initiatives" in panel(client).text


def test_panel_is_a_part_and_no_page(client, three):
    response = panel(client)
    assert "<html" not in response.text and "X-Fragment" in response["Vary"]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/countries/KE/"),
        ("?theme=spectrum", "/initiatives/?country=KE&theme=spectrum"),
        ("?x=1", "/countries/KE/"),
    ],
)
def test_panel_by_itself_leads_to_where_all_is(client, three, query, address):
    response = client.get(f"/map/panel/KE/{query}")
    assert (response.status_code, response["Location"]) == (302, address)


@pytest.mark.parametrize("code", ["XX", "kenya", "%00"])
def test_panel_of_nowhere_is_not_found(client, code):
    assert panel(client, code).status_code == 404


def test_panel_is_kept_by_anybody_and_asked_again(client, three):
    response = panel(client)
    assert response["Cache-Control"] == KEPT and not response.cookies
    again = {"X-Fragment": "panel", "If-None-Match": response["ETag"]}
    assert client.get("/map/panel/KE/", headers=again).status_code == 304
    make_initiative(countries=["KE"])
    assert client.get("/map/panel/KE/", headers=again).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_panel_takes_the_same_queries_at_any_length(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative(countries=["KE"])
    with django_assert_num_queries(PANEL_QUERIES):
        panel(client)
