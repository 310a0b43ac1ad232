"""What stands in the files: rows of the schema, text as text, in any script, and nothing that is carried out."""

import json

import pytest
from django.urls import reverse

from common.csv import as_it_was
from common.tests.hostile import payloads
from countries.models import Country
from initiatives import columns
from initiatives.exports import dictionary
from initiatives.models import Initiative
from initiatives.schema import COLUMNS
from initiatives.tests.exporting import FORMATS, body, fetch, references, sheet, table
from tests.factories import make_initiative

pytestmark = pytest.mark.django_db

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "#N/A", "'=1", "=cmd|'/C calc'!A0"]


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_found_is_a_whole_file_without_rows(client, format):
    response = fetch(client, format)
    content = body(response)
    assert response["X-Row-Count"] == "0"
    assert references(format, content) == []


@pytest.mark.parametrize("format", FORMATS)
def test_any_script_arrives_as_it_was(client, format):
    make_initiative(title="طيف مؤقت لشبكات الهاتف", language="ar", partners=["工业和信息化部", "Минцифры"])
    text = json.dumps(sheet(body(fetch(client, format)))) if format == "xlsx" else body(fetch(client, format)).decode()
    text = (
        json.loads(f'"{json.dumps(text)[1:-1]}"')
        if format != "xlsx"
        else json.dumps(json.loads(text), ensure_ascii=False)
    )
    assert "طيف مؤقت لشبكات الهاتف" in text and "工业和信息化部" in text and "Минцифры" in text


def test_csv_has_the_columns_of_the_schema_and_no_mark(client):
    content = body(fetch(client, "csv"))
    assert content.decode() == ",".join(COLUMNS) + "\r\n"


def test_csv_for_excel_begins_with_a_mark(client):
    assert body(fetch(client, "csv", "variant=excel")).startswith(b"\xef\xbb\xbfreference,")


def test_csv_divides_lists_by_semicolons(client):
    make_initiative(scope="multi_country", countries=["KE", "GH"], partners=["A, B", "C"], sdgs=[9, 3])
    (row,) = table(body(fetch(client, "csv")).decode())
    assert (row["countries"], row["partners"], row["sdgs"]) == ("GH;KE", "A, B;C", "9;3")


def hostile_texts() -> list[str]:
    kinds = ("csv_injection", "xss", "naughty_string", "crlf_header", "xxe")
    return [text for text in dict.fromkeys([*FORMULAS, *payloads(*kinds)]) if text.strip() and "\x00" not in text]


@pytest.fixture
def hostile() -> list[str]:
    """Initiatives whose titles are hostile, past every form; returns their titles by reference, oldest first."""
    first = make_initiative()
    fields = {field.attname: getattr(first, field.attname) for field in Initiative._meta.local_fields}
    titles = [text[:150] for text in hostile_texts()]
    for number, title in enumerate(titles):
        new = {"id": 10_000 + number, "reference": f"INI-2020-{number:06}", "title": title, "results": title}
        Initiative(**fields | new).save(force_insert=True)
    first.delete() if not first.versions.exists() else Initiative.objects.filter(pk=first.pk).update(status="archived")
    return titles


def test_hostile_text_comes_back_from_csv_and_starts_no_formula(client, hostile):
    rows = table(body(fetch(client, "csv")).decode())
    assert [as_it_was(row["title"]) for row in reversed(rows)] == hostile
    cells = [cell for row in rows for value in row.values() for cell in value.split(";")]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n"))] == []


def test_hostile_text_comes_back_from_json(client, hostile):
    for format, name in (("json", "items"), ("geojson", "features")):
        items = json.loads(body(fetch(client, format)))[name]
        titles = [(item if format == "json" else item["properties"])["title"] for item in items]
        assert titles[::-1] == hostile


def test_hostile_text_is_text_in_xlsx(client, hostile):
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(body(fetch(client, "xlsx"))))
    titles = book["initiatives"]["C"][1:]
    assert len(titles) == len(hostile)
    assert {cell.data_type for cell in titles} == {"s"}
    shown = [text for text in hostile if text.isprintable()]
    assert set(shown) <= {cell.value for cell in titles}
    assert all(cell.quotePrefix for cell in titles if cell.value.startswith(("=", "+", "-", "@")))


def test_xlsx_explains_its_columns_and_names_the_licence(client):
    make_initiative()
    content = body(fetch(client, "xlsx", "theme=spectrum"))
    assert [row[0] for row in sheet(content, "dictionary")[1:]] == list(COLUMNS)
    about = {row[0]: row[1] for row in sheet(content, "licence")}
    assert "creativecommons.org/licenses/by/4.0" in about["licence"]
    assert about["filters"] == "theme: spectrum"


def test_xlsx_ends_at_its_limit_and_says_what_else_there_is(client, monkeypatch):
    monkeypatch.setattr("initiatives.exports.sheets.ROWS_MAX", 1)
    make_initiative()
    assert fetch(client, "xlsx").status_code == 200
    make_initiative()
    response = fetch(client, "xlsx", "theme=spectrum")
    assert response.status_code == 400
    assert "export.csv?theme=spectrum&amp;variant=excel" in response.text
    assert "ETag" not in response


def test_json_says_where_it_is_from(client):
    initiative = make_initiative(partners=[], sources=[{"url": "https://a.example/1", "title": "One"}])
    said = json.loads(body(fetch(client, "json", "theme=spectrum&country=ke&nonsense=1")))
    assert (said["schema_version"], said["count"]) == (columns.VERSION, 1)
    assert said["licence"]["name"] == "CC-BY-4.0"
    assert said["filters"] == {"country": ["KE"], "theme": ["spectrum"]}
    assert said["source"].endswith("/initiatives/?country=KE&theme=spectrum")
    (item,) = said["items"]
    assert item["partners"] == [] and item["results"] is None and item["countries"] == ["KE"]
    assert item["sources"] == [{"url": "https://a.example/1", "title": "One", "body": None, "kind": "other"}]
    assert item["url"].endswith(reverse("initiatives:detail_bare", args=[initiative.reference]))


def test_geojson_has_a_point_for_each_country_named(client):
    make_initiative(scope="multi_country", countries=["KE", "GH"])
    (feature,) = json.loads(body(fetch(client, "geojson")))["features"]
    kenya, ghana = Country.objects.get(pk="KE"), Country.objects.get(pk="GH")
    points = [[ghana.longitude, ghana.latitude], [kenya.longitude, kenya.latitude]]
    assert feature["geometry"] == {"type": "MultiPoint", "coordinates": points}


@pytest.mark.parametrize("where", [{"scope": "global"}, {"scope": "regional", "region": "AFR"}])
def test_geojson_draws_no_point_where_no_country_is_named(client, where):
    make_initiative(countries=[], **where)
    (feature,) = json.loads(body(fetch(client, "geojson")))["features"]
    assert feature["type"] == "Feature" and feature["geometry"] is None


def test_column_changes_only_with_the_version():
    """Changed a column? Raise columns.VERSION, and add a line with what has changed to data/schema_versions.json."""
    newest = columns.versions()[0]
    assert (newest["version"], newest["fingerprint"]) == (columns.VERSION, columns.fingerprint())
    assert all(column.since <= columns.VERSION for column in columns.TABLE)


def test_column_that_changes_changes_the_fingerprint(monkeypatch):
    before = columns.fingerprint()
    monkeypatch.setattr(columns, "TABLE", columns.TABLE[:-1])
    assert columns.fingerprint() != before


def test_rows_keep_what_the_dictionary_promises(client):
    make_initiative(scope="multi_country", countries=["KE", "GH"], sdgs=[3], starts_on="2020-03-01")
    rows = json.loads(body(fetch(client, "json")))["items"]
    for row in rows:
        for column in columns.TABLE:
            if column.name.startswith("source"):
                continue
            value, codes = row[column.name], [code for code, _label in column.codes]
            assert isinstance(value, list) == column.is_list, column.name
            assert value not in (None, "", []) or not column.required, column.name
            if codes and value:
                assert set(value if column.is_list else [value]) <= set(codes), column.name


def test_machine_readable_dictionary_names_every_column():
    fields = dictionary.table_schema()["fields"]
    assert [field["name"] for field in fields] == list(COLUMNS)
    assert json.dumps(fields)
