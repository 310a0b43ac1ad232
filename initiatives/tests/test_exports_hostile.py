"""Files for somebody who wants them to break: formulas in every column, strange conditions, strange parameters."""

import io
import json

import pytest
from openpyxl import load_workbook

from accounts.models import Organisation
from initiatives.models import Initiative
from initiatives.tests.exporting import FORMATS, body, fetch, table
from tests.factories import make_initiative

pytestmark = pytest.mark.django_db
FORMULA = "=HYPERLINK(1)"
TEXTS = ("title", "summary", "description", "results", "challenges", "lessons", "contact_point")


@pytest.fixture
def spiteful() -> Initiative:
    """An initiative of which every text is a formula, those of its organisation, tags and sources too."""
    one = make_initiative(tag_names=[FORMULA, "@SUM(1)"])
    one.sources.update(title=FORMULA, issuing_body=FORMULA, url=FORMULA)
    Organisation.objects.update(name=FORMULA)
    texts = dict.fromkeys(TEXTS, FORMULA)
    Initiative.objects.filter(pk=one.pk).update(**texts, partners=[FORMULA, "a", "+1", "b;=1"])
    return one


def test_no_column_of_csv_begins_a_formula(client, spiteful):
    (row,) = table(body(fetch(client, "csv")).decode())
    assert sum("HYPERLINK" in cell for cell in row.values()) >= len(TEXTS) + 6
    assert [name for name, cell in row.items() for part in cell.split(";") if part.startswith(tuple("=+-@"))] == []


def test_every_column_of_a_sheet_is_text_or_a_number(client, spiteful):
    book = load_workbook(
        io.BytesIO(body(fetch(client, "xlsx", f"country=%3D1&q=%22&contry={FORMULA}"))), read_only=True
    )
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert sum(str(cell.value).startswith("=") for cell in cells) >= len(TEXTS) + 5


def test_points_are_geojson(client, spiteful):
    """RFC 7946: positions are longitude and latitude, identifiers differ, nothing stands for a number that is none."""
    make_initiative(countries=["FJ", "KE"], scope="multi_country")
    make_initiative(countries=[], scope="global")
    found = json.loads(body(fetch(client, "geojson")), parse_constant=pytest.fail)
    assert found["type"] == "FeatureCollection" and "crs" not in found
    assert len({feature["id"] for feature in found["features"]}) == 3
    for feature in found["features"]:
        assert feature.keys() == {"type", "id", "geometry", "properties"} and feature["type"] == "Feature"
        shape = feature["geometry"] or {"type": "MultiPoint", "coordinates": []}
        assert shape["type"] == "MultiPoint"
        assert all(abs(east) <= 180 and abs(north) <= 90 for east, north in shape["coordinates"])


CONDITIONS = [
    ({"If-None-Match": "{tag}"}, 304),
    ({"If-None-Match": '"a", W/"b", {tag}, "c"'}, 304),
    ({"If-None-Match": ", ".join(f'"{n}"' for n in range(300)) + ", {tag}"}, 304),
    ({"If-None-Match": "{strong}"}, 304),  # compared weakly, as conditions of GET are
    ({"If-None-Match": "*"}, 304),
    ({"If-None-Match": "nothing of the kind"}, 200),
    ({"If-None-Match": '"unclosed'}, 200),
    ({"If-None-Match": "{tag}", "If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}, 304),
    ({"If-Modified-Since": "yesterday"}, 200),
    ({"If-Match": "{tag}"}, 412),  # compared strongly, and a weak one never is the same
    ({"Range": "bytes=0-9"}, 200),
    ({"Range": "bytes=9-0,1-2", "If-Range": "{tag}"}, 200),
]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("headers, status", CONDITIONS)
def test_conditions_are_judged(client, spiteful, format, headers, status):
    tag = fetch(client, format)["ETag"]
    said = {name: value.format(tag=tag, strong=tag.removeprefix("W/")) for name, value in headers.items()}
    response = fetch(client, format, **said)
    assert response.status_code == status
    if status == 304:
        assert body(response) == b"" and response["ETag"] == tag and "s-maxage" in response["Cache-Control"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize(
    "address",
    ["/initiatives/export.csv", "/feeds/initiatives.atom", "/map/data.json", "/map/map.svg", "/statistics/themes.csv"],
)
def test_methods_that_write_are_refused_as_such(strict_client, method, address):
    response = getattr(strict_client, method)(address)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (405, "*")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.fixture
def strict_client():
    from django.test import Client

    return Client(enforce_csrf_checks=True)


def test_many_unknown_values_hide_no_parameter(client):
    query = "&".join([*(f"country=Q{n}" for n in range(9)), "theme=magic", "contry=KE"])
    assert (
        fetch(client, "csv", query)["X-Ignored-Parameters"] == "country=Q0&country=Q1&country=Q2&theme=magic&contry=KE"
    )


def test_name_of_a_file_is_plain_whatever_is_asked(client):
    query = "q=%D8%B7%D9%8A%D9%81&country=%D8%B7&tag=%22%3B%0D%0Ax&collection=../../etc"
    said = fetch(client, "csv", query)["Content-Disposition"]
    assert said.startswith('attachment; filename="') and said.endswith('.csv"')
    name = said.split('"')[1]
    assert name.isascii() and not set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789-.") and len(name) < 110
