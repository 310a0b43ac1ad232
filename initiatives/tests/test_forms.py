"""The content's form: single values, for the page and for files."""

import datetime

import pytest
from django.http import QueryDict

from initiatives.forms.content import ContentForm
from initiatives.forms.sources import SourceForm, SourceRows
from initiatives.models.submission import Submission
from initiatives.services import save_draft
from initiatives.tests.typed import rows
from tests.factories import CollectionFactory, UserFactory, country, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    countries = {code: country(code) for code in ("KE", "GH", "NA")}
    collections = {"reg4covid": CollectionFactory()}

    def make(**data):
        return ContentForm(data, countries_by_code=countries, collections_by_slug=collections)

    return make


def test_everything_may_be_empty(form):
    empty = form()
    assert empty.is_valid()
    assert empty.values()["title"] == "" and empty.values()["starts_on"] is None and empty.chosen_countries() == []


def test_row_of_a_file_fits(form):
    row = form(
        collection="reg4covid",
        countries=["NA", "KE"],
        starts="2020-03",
        ends="2021",
        end_kind="date",
        sdgs=["9", "3"],
        tags="5G; zero rating",
        partners="ITU; GSMA",
    )
    assert row.is_valid(), row.errors
    values = row.values()
    assert (values["starts_on"], values["starts_precision"]) == (datetime.date(2020, 3, 1), "month")
    assert (values["ends_on"], values["ends_precision"]) == (datetime.date(2021, 12, 31), "year")
    assert values["sdgs"] == [3, 9] and values["tag_names"] == ["5G", "zero rating"]
    assert values["partners"] == ["ITU", "GSMA"] and values["collection_id"] == CollectionFactory().pk
    assert [chosen.name_en for chosen in row.chosen_countries()] == ["Namibia", "Kenya"]


def test_values_are_what_a_draft_takes(form):
    row = form(title="A title", countries=["KE"])
    assert row.is_valid()
    draft = save_draft(None, by=UserFactory(), values=row.values(), countries=row.chosen_countries(), sources=[])
    assert Submission.objects.get().title == draft.title == "A title"


def test_a_form_costs_no_query(form, django_assert_num_queries):
    with django_assert_num_queries(0):
        row = form(title="x", countries=["KE"], collection="reg4covid", theme="spectrum")
        assert row.is_valid() and row.values()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "x" * 151),
        ("summary", "x" * 1201),
        ("description", "x" * 8001),
        ("results", "x" * 2001),
        ("language", "de"),
        ("relation", "owner"),
        ("scope", "galactic"),
        ("countries", ["XK"]),
        ("region", "EU"),
        ("theme", "5g"),
        ("further_themes", ["spectrum", "public_information", "digital_inclusion"]),
        ("measure_types", ["free_data", "zero_rating", "special_tariffs", "public_wifi", "new_coverage", "devices"]),
        ("measure_types", ["free_beer"]),
        ("instrument", "decree"),
        ("sdgs", ["18"]),
        ("starts", "1989"),
        ("ends", "2020-02-30"),
        ("end_kind", "never"),
        ("declared_status", "in_force"),
        ("declared_on", "2020-03"),
        ("collection", "past"),
        ("follows", "INI-2020-000001"),
        ("contact_point", "javascript:alert(1)"),
        ("contact_point", "nobody"),
        ("contact_point", "a@b@c"),
        ("tags", ",".join("abcdefghi")),
        ("tags", "x" * 51),
        ("partners", "\n".join("abcdefghijk")),
    ],
)
def test_value_is_refused_and_left_out(form, name, value):
    row = form(**{name: value})
    assert set(row.errors) == {name}
    columns = {"tags": "tag_names", "starts": "starts_on", "ends": "ends_on"}
    columns |= {"collection": "collection_id", "follows": "follows_id"}
    assert columns.get(name, name) not in row.values()
    if name == "countries":
        assert row.chosen_countries() is None


@pytest.mark.parametrize("value", ["office@regulator.example", "https://regulator.example/contact", ""])
def test_contact_point_is_a_mailbox_or_an_address(form, value):
    assert form(contact_point=value).is_valid()


def test_day_of_the_end_needs_to_say_how_it_ended(form):
    assert set(form(declared_on="2020-03-01").errors) == {"declared_on"}
    row = form(declared_on="2020-03-01", declared_status="revoked")
    assert row.is_valid() and row.values()["declared_on"] == datetime.date(2020, 3, 1)


def test_earlier_initiative_is_found_by_its_reference(form):
    initiative = make_initiative()
    for text in (initiative.reference.lower(), f"https://portal.example{initiative.get_absolute_url()}"):
        row = form(follows=text)
        assert row.is_valid() and row.values()["follows_id"] == initiative.pk


# Sources


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.example", "regulator.example", "https://u:p@a.example"]
)
def test_source_needs_a_web_address(url):
    assert set(SourceForm({"url": url}).errors) == {"url"}


def test_described_source_without_address_is_refused():
    assert "Give the web address" in SourceForm({"title": "Gazette 12"}).errors["url"][0]


def test_empty_row_is_no_source():
    form = SourceForm({})
    assert form.is_valid() and form.row() is None


def test_source_of_no_kind_is_another():
    form = SourceForm({"url": " https://a.example/x ", "title": "A\x00 b"})
    assert form.is_valid()
    assert form.row() == {"url": "https://a.example/x", "title": "A b", "issuing_body": "", "kind": "other"}


def test_rows_keep_their_order_and_what_was_stored():
    data = QueryDict(mutable=True)
    data.update(rows("sources", [{"url": "bad"}, {}, {"url": "https://c.example/"}, {"url": "worse"}]))
    stored = [{"url": "https://a.example/"}, {"url": "https://b.example/"}]
    parts = SourceRows(data)
    assert parts.has_errors
    assert [row["url"] for row in parts.sources(stored)] == ["https://a.example/", "https://c.example/"]


def test_a_description_that_would_become_megabytes_is_refused_in_words(form):
    table = "|a" * 200 + "|\n" + "|-" * 200 + "|\n" + "|a\n" * 200
    references = "[a]: http://e.x/" + "u" * 4_000 + "\n\n" + "[a] " * 900
    assert "more than 2,000 cells" in form(description=table).errors["description"][0]
    assert "repeats links" in form(description=references).errors["description"][0]
