import pytest

from countries.services import load_countries
from tests.factories import country, make_initiative

pytestmark = pytest.mark.django_db

COUNTRY_QUERIES = 8  # country, count, and three lists, each with its countries


def titles(page, name: str) -> list[str]:
    return [initiative.title for initiative in page.context[name]]


def test_countries_are_listed_by_region_with_counts(client):
    load_countries()
    make_initiative(countries=["KE"])
    groups = client.get("/countries/").context["groups"]
    assert [group.code for group in groups] == ["AFR", "AMS", "ARB", "ASP", "CIS", "EUR", ""]
    assert sum(len(group.rows) for group in groups) == 249
    assert {c.iso2: n for c, n, _ in groups[0].rows if n} == {"KE": 1}
    assert groups[0].named == 1


def test_names_with_accents_are_in_their_place(client):
    for code in ("AX", "AL", "AT"):
        country(code)
    groups = client.get("/countries/").context["groups"]
    names = [c.name_en for group in groups for c, *_ in group.rows if group.code == "EUR"]
    assert names == ["Albania", "Austria"]


def test_country_lists_what_names_it_then_region_and_world(client):
    make_initiative(countries=["KE"], title="Of Kenya")
    make_initiative(countries=["UG"], title="Of Uganda")
    make_initiative(countries=[], scope="regional", region="AFR", title="Of Africa")
    make_initiative(countries=[], scope="regional", region="EUR", title="Of Europe")
    make_initiative(countries=[], scope="global", title="Of the world")
    page = client.get("/countries/KE/")
    assert titles(page, "initiatives") == ["Of Kenya"]
    assert titles(page, "regional") == ["Of Africa"]
    assert titles(page, "worldwide") == ["Of the world"]


def test_country_without_region_shows_the_world(client):
    country("AQ")
    make_initiative(countries=[], scope="regional", region="AFR")
    make_initiative(countries=[], scope="global", title="Of the world")
    page = client.get("/countries/AQ/")
    assert titles(page, "regional") == []
    assert titles(page, "worldwide") == ["Of the world"]


def test_country_shows_its_facts(client):
    country("NP")
    text = client.get("/countries/NP/").content.decode()
    assert "least developed country (LDC), landlocked developing country (LLDC)" in text
    assert "Asia and the Pacific" in text


def test_country_in_small_letters_redirects(client):
    country("KE")
    response = client.get("/countries/ke/?page=2")
    assert (response.status_code, response["Location"]) == (301, "/countries/KE/?page=2")


@pytest.mark.parametrize("code", ["XX", "ZZ", "KEN", "K"])
def test_unknown_country_is_not_found(client, code):
    assert client.get(f"/countries/{code}/").status_code == 404


def test_country_with_nothing_says_so(client):
    country("FR")
    assert "None recorded yet." in client.get("/countries/FR/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_country_takes_the_same_queries_at_any_length(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative(countries=["KE"])
        make_initiative(countries=[], scope="regional", region="AFR")
        make_initiative(countries=[], scope="global")
    with django_assert_num_queries(COUNTRY_QUERIES):
        client.get("/countries/KE/")


@pytest.mark.parametrize("rows", [1, 3])
def test_countries_take_three_queries(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative()
    with django_assert_num_queries(3):
        client.get("/countries/")
