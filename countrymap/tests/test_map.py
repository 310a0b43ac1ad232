import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from countries.services import load_countries
from countrymap.shapes import world as shapes
from initiatives.models import Initiative
from initiatives.search import following
from tests.caches import KEPT
from tests.factories import country, make_initiative

pytestmark = pytest.mark.django_db

MAP_QUERIES = 4  # the state of the log, its news, the index, the names of countries

DISCLAIMER = (
    "The boundaries and names shown and the designations used on this map "
    "do not imply official endorsement or acceptance."
)


@pytest.fixture
def three():
    """Kenya twice, Uganda once, the world once."""
    make_initiative(countries=["KE"])
    make_initiative(countries=["KE", "UG"], scope="multi_country", theme="economic_measures", measure_types=["subsidy"])
    make_initiative(countries=[], scope="global")


def data(client, query: str = "", **headers):
    return client.get(f"/map/data.json{query}", headers=headers)


def test_data_has_the_numbers(client, three):
    assert data(client).json() == {
        "breaks": [1, 2, 3, 4, 6],
        "counts": {"KE": 2, "UG": 1},
        "ignored": {},
        "regions": {},
        "totals": {"countries": 2, "global": 1, "initiatives": 3, "regional": 0},
    }


def test_data_follows_the_filters(client, three):
    assert data(client, "?theme=economic_measures").json()["counts"] == {"KE": 1, "UG": 1}
    assert data(client, "?country=UG").json()["totals"]["initiatives"] == 1


def test_data_ignores_what_it_does_not_know(client, three):
    assert data(client, "?utm_source=x&order=name").content == data(client).content


def test_data_is_the_same_for_equal_filters(client, three):
    one = data(client, "?theme=economic_measures&country=KE&country=UG")
    two = data(client, "?country=UG&country=KE&theme=economic_measures")
    assert (one.content, one["ETag"]) == (two.content, two["ETag"])


def test_data_may_be_read_by_other_sites(client, three):
    assert data(client)["Access-Control-Allow-Origin"] == "*"


def test_data_may_be_kept_by_anybody(client, three):
    response = data(client)
    assert response["Cache-Control"] == KEPT
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_data_answers_not_modified(client, three):
    again = data(client, if_none_match=data(client)["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_data_changes_with_a_publication(client, three):
    before = data(client)["ETag"]
    make_initiative(countries=["SN"])
    response = data(client, if_none_match=before)
    assert response.status_code == 200
    assert response.json()["counts"]["SN"] == 1


def test_data_refuses_to_be_written(client):
    assert client.post("/map/data.json").status_code == 405


@pytest.mark.parametrize("query", ["?country=%00", "?region=XX", "?q=%FF", "?theme=%27", "?order=%00", "?country="])
def test_odd_filters_break_nothing(client, three, query):
    assert data(client, query).status_code == 200
    assert client.get(f"/map/{query}").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_data_takes_two_queries(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative()
    with django_assert_num_queries(2):
        data(client)


def table(response) -> list[tuple[str, int]]:
    return [(row.name, row.count) for row in response.context["shown"].rows]


def test_table_has_the_same_numbers_as_the_data(client, three):
    response = client.get("/map/")
    assert table(response) == [("Kenya", 2), ("Uganda", 1)]
    assert {row.iso2: row.count for row in response.context["shown"].rows} == data(client).json()["counts"]


@pytest.mark.parametrize(
    ("order", "first"),
    [("count", "Uganda"), ("-count", "Kenya"), ("name", "Kenya"), ("-name", "Uganda"), ("?", "Kenya")],
)
def test_table_sorts_through_the_address(client, three, order, first):
    assert table(client.get("/map/", {"order": order}))[0][0] == first


def test_map_says_what_it_does_not_colour(client, three):
    make_initiative(countries=[], scope="regional", region="AFR")
    text = client.get("/map/").content.decode()
    assert "<b>1</b> regional (Africa 1)" in text
    assert "<b>1</b> global" in text


@pytest.mark.parametrize("path", ["/map/", "/statistics/"])
def test_filters_are_those_of_the_list(client, three, path):
    """One form; what only its script or its table needs goes along."""
    filters = r'<(?:input|select)[^>]* name="(\w+)"'
    asked = "?country=UG&order=name&weeks=2020"
    offered, of_list = (
        set(re.findall(filters, client.get(address + asked).text)) for address in (path, "/initiatives/")
    )
    assert of_list >= {"q", "country", "theme", "region", "in_force_on", "tag", "archived"} & offered
    assert offered - {"order", "weeks"} == of_list
    assert '<input type="checkbox" name="country" value="UG" checked>' in client.get(path + asked).text


def test_all_of_a_long_filter_is_a_page_of_its_own(client, three):
    for number in range(12):
        make_initiative(countries=[sorted(shapes().symbols)[number]])
    text = client.get("/map/").text
    assert "?all=country#facet-country" in text and text.count('name="country"') == 10
    text = client.get("/map/?all=country").text
    assert text.count('name="country"') > 12 and '<details class="filters filters--wide" open>' in text


def test_map_keeps_the_order_of_its_table(client, three):
    assert '<input type="hidden" name="order" value="name">' in client.get("/map/?order=name").text


def test_map_says_what_it_left_out(client, three):
    assert "“<bdi>Atlantis</bdi>”" in client.get("/map/?country=Atlantis").content.decode()


def test_map_is_drawn_by_the_server(client, three):
    text = client.get("/map/").content.decode()
    assert '<a href="/countries/KE/"><title>Kenya: 2 initiatives</title>' in text
    assert DISCLAIMER in text


def test_map_leads_to_the_list_with_its_filters(client, three):
    text = client.get("/map/?theme=economic_measures").content.decode()
    assert '<tr data-code="KE"><th scope="row"><a href="/initiatives/?country=KE&amp;theme=economic_measures">' in text
    assert '<a href="/initiatives/?country=KE&amp;theme=economic_measures"><title>Kenya: 1 initiative</title>' in text


def test_map_offers_only_what_would_find_something(client, three):
    text = client.get("/map/?country=UG").content.decode()
    assert 'value="economic_measures"' in text
    assert 'value="traffic_management"' not in text


def test_map_tells_its_script_the_parts_alone(client, three):
    whole, parts = (client.get("/map/?country=UG", headers=headers) for headers in ({}, {"X-Fragment": "parts"}))
    assert "X-Fragment" in whole["Vary"] and "X-Fragment" in parts["Vary"]
    assert parts["Cache-Control"] == "no-store" and "ETag" not in parts
    again = client.get("/map/?country=UG", headers={"If-None-Match": whole["ETag"]})
    assert again.status_code == 304 and "X-Fragment" in again["Vary"]
    assert '<svg class="world' in whole.text and '<svg class="world' not in parts.text
    ids = re.search(r'data-apply="([^"]+)"', whole.text)[1].split()
    assert len(ids) == 11
    for name in ids:
        part = re.compile(rf'<(\w+)[^>]* id="{name}".*?</\1>', re.DOTALL)
        assert part.search(whole.text)[0] == part.search(parts.text)[0]


def test_filtered_map_is_no_page_for_search_engines(client, three):
    plain, filtered = client.get("/map/").text, client.get("/map/?country=KE").text
    assert 'content="noindex' not in plain and 'content="noindex' in filtered
    assert '/map/">' in re.search(r'<link rel="canonical"[^>]+>', filtered)[0]


def test_map_gives_its_script_the_address_of_the_same_numbers(client, three):
    text = client.get("/map/?theme=economic_measures&order=name&nothing=1").content.decode()
    assert 'data-numbers="/map/data.json?theme=economic_measures"' in text


def test_map_says_when_nothing_is_found(client, three):
    country("FR")
    text = client.get("/map/?country=FR").content.decode()
    assert "No initiative matches these filters." in text


def test_map_names_every_country_for_the_script(client):
    load_countries()
    text = client.get("/map/").content.decode()
    names = json.loads(text.split('<script id="map-names" type="application/json">')[1].split("</script>")[0])
    assert len(names) == 249
    assert names["CI"] == "Côte d'Ivoire"


def test_map_page_is_cookieless_and_its_scripts_are_files(client, three):
    response = client.get("/map/")
    assert not response.cookies
    text = response.content.decode()
    assert " style=" not in text
    assert "onclick" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_map_takes_the_same_queries_at_any_length(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative()
    with django_assert_num_queries(MAP_QUERIES):
        client.get(reverse("countrymap:map"))


def test_map_page_is_at_most_200_kb_on_a_first_visit(client):
    load_countries()
    files = ["css/tokens.css", "css/site.css", "css/map.css", "leaflet/leaflet.css", "leaflet/leaflet.js"]
    files += ["map/map.js", "map/panel.js"]
    found = [Path(finders.find(name)).read_bytes() for name in [*files, "map/world.topo.json"]]
    pages = [client.get("/map/").content, data(client).content]
    assert sum(len(gzip.compress(content)) for content in [*found, *pages]) <= 200_000


def test_numbers_name_what_nobody_knows(client):
    response = client.get("/map/data.json?country=ZZ&contry=KE&order=name")
    assert response.json()["ignored"] == {"contry": ["KE"], "country": ["ZZ"]}
    assert response["X-Ignored-Parameters"] == "country=ZZ&contry=KE"
    assert data(client).json()["ignored"] == {}


@pytest.mark.parametrize("name", ["data.json", "map.svg", "map.png"])
def test_scripts_of_others_may_ask(client, name):
    asked = client.options(f"/map/{name}")
    assert (asked.status_code, asked["Allow"], asked["Access-Control-Allow-Origin"]) == (204, "GET, HEAD, OPTIONS", "*")


@pytest.mark.parametrize("name", ["data.json", "map.svg", "map.png", "embed/"])
def test_search_is_sent_again_when_its_texts_have_followed(client, name):
    one = make_initiative()
    Initiative.objects.filter(pk=one.pk).update(title="Quokka for every operator")
    early = client.get(f"/map/{name}?q=quokka")
    following.catch_up()
    assert client.get(f"/map/{name}?q=quokka", headers={"if-none-match": early["ETag"]}).status_code == 200
