"""Three letters find a country wherever two do, in any case; links and what is answered say two."""

import json

import pytest

from countries.codes import iso2_of
from initiatives.tests.exporting import FORMATS, body
from tests.factories import country, make_initiative

pytestmark = pytest.mark.django_db
FOUND = [
    "/feeds/initiatives.atom",
    "/map/data.json",
    "/map/map.svg",
    "/statistics/themes.csv",
    "/api/v1/statistics/",
    *(f"/initiatives/export.{format}" for format in FORMATS if format != "xlsx"),
]
SHOWN = ["/initiatives/", "/map/", "/map/embed/", "/statistics/", "/compare/"]


@pytest.fixture(autouse=True)
def two():
    make_initiative(countries=["KE"])
    make_initiative(countries=["GH"])


def told(client, address: str) -> str:
    """What an address answers, without the time of day."""
    text = body(client.get(address)).decode()
    return json.dumps(json.loads(text) | {"generated_at": ""}) if "generated_at" in text else text


@pytest.mark.parametrize("address", FOUND)
def test_codes_of_three_letters_find_the_same(client, address):
    two, three = (told(client, f"{address}?country={code}") for code in ("KE", "ken"))
    assert two == three != told(client, address)


@pytest.mark.parametrize("address", SHOWN)
def test_pages_lead_on_with_two_letters(client, address):
    two, three = (client.get(f"{address}?country={code}") for code in ("KE", "KEN"))
    assert two.text == three.text
    assert "country=KEN" not in three.text


def test_api_answers_three_letters(client):
    assert [row["countries"] for row in client.get("/api/v1/initiatives/?country=KEN").json()["items"]] == [["KE"]]
    assert client.get("/api/v1/countries/KEN/").json()["iso2"] == "KE"
    assert client.get("/api/v1/organisations/?country=ken").json()["count"] == 2
    assert client.get("/api/v1/organisations/?country=GHA").json()["count"] == 0
    assert client.get("/api/v1/initiatives/?country=QQQ").status_code == 400


def test_page_of_a_country_is_found_by_three_letters(client):
    response = client.get("/countries/KEN/?page=2")
    assert (response.status_code, response["Location"]) == (301, "/countries/KE/?page=2")
    assert client.get("/countries/QQQ/").status_code == client.get("/countries/UGA/", follow=True).status_code == 404


@pytest.mark.parametrize("text", ["", "K", "KENY", "QQ", "ß", "ﬁ", "KE\0", "КЕ", "4" * 9000])
def test_other_texts_are_no_code(text):
    assert iso2_of(text) == ""


def test_both_spellings_count_once(client):
    country("KE")
    rows = client.get("/api/v1/initiatives/?country=KE&country=KEN").json()
    assert rows["count"] == 1
    assert client.get("/compare/?country=KE&country=KEN&country=GH").context["choice"].codes == ["KE", "GH"]
