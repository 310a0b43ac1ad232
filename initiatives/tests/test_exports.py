"""Downloads are exactly what the list shows for the same address, and behave as files on the web should."""

import datetime
import json

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.exports import reading, sheets
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from initiatives.search import following
from initiatives.tests.exporting import FORMATS, body, fetch, references, sheet
from moderation.services import transition
from tests.caches import KEPT
from tests.factories import ModeratorFactory, make_initiative

pytestmark = pytest.mark.django_db

# Filters that find something, filters that find nothing, and some that nobody knows.
CHOICES = {
    "country": ["KE", "GH", "ke", "ZZ"],
    "region": ["AFR", "EUR"],
    "theme": ["spectrum", "digital_inclusion"],
    "stakeholder": ["regulator", "operator"],
    "status": ["in_force", "ended", "announced"],
    "language": ["en", "ar"],
    "phase": ["emergency", "recovery"],
    "in_force_on": ["2020-06-01", "never"],
    "q": ["spectrum", "طيف", "nowhere", "=1+1"],
    "archived": ["1"],
    "sort": ["newest", "start", "-start", "title", "relevance", "sideways"],
    "page": ["2"],
    "nonsense": ["1"],
}
PAIRS = st.sampled_from([(name, value) for name, values in CHOICES.items() for value in values])


def query_of(pairs: list[tuple[str, str]]) -> str:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return query.urlencode()


@pytest.fixture
def some() -> list[Initiative]:
    made = [
        make_initiative(title="=1+1 spectrum"),
        make_initiative(
            countries=["GH"], theme="digital_inclusion", measure_types=[], phase="recovery", starts_on="2021-05-01"
        ),
        make_initiative(scope="global", countries=[], title="طيف مؤقت", language="ar"),
        make_initiative(scope="regional", region="AFR", countries=[], starts_on="2020-02-01"),
        make_initiative(scope="multi_country", countries=["KE", "GH"], end_kind="date", ends_on="2020-12-31"),
        make_initiative(title="Kept for the record"),
    ]
    transition(made[-1], "archive", by=ModeratorFactory(), public_reason="Old.")
    return made


def listed(query: str) -> list[str]:
    """Return the references on the list's first page."""
    numbers = InitiativeFilter(QueryDict(query)).page({}).numbers
    rows = Initiative.objects.in_bulk(numbers)
    return [rows[number].reference for number in numbers]


def test_files_agree_with_the_list_for_any_filters(client, some):
    """The same initiatives in the same order, in every format; as many as the page and the header say."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(PAIRS, max_size=4, unique=True), st.sampled_from(FORMATS))
    def agree(pairs, format):
        query = query_of(pairs)
        expected = listed(query)
        response = fetch(client, format, query)
        assert references(format, body(response)) == expected
        assert response["X-Row-Count"] == str(len(expected))

    agree()


def test_best_match_comes_first_in_files_too(client):
    """And not the newest."""
    best = make_initiative(title="Drones, drones and drones")
    make_initiative(description="Among other things, drones.", title="Something else")
    for query in ("q=drones&sort=relevance", "q=drones"):
        expected = listed(query)
        assert references("csv", body(fetch(client, "csv", query))) == expected
    found = references("json", body(fetch(client, "json", "q=drones&sort=relevance")))
    assert (found[0], len(found)) == (best.reference, 2)


@pytest.mark.parametrize("query", ["", "country=KE", "region=AFR&sort=title", "archived=1", "q=nowhere"])
def test_file_has_as_many_rows_as_the_list_says(client, some, query):
    page = client.get(f"{reverse('initiatives:list')}?{query}")
    assert fetch(client, "csv", query)["X-Row-Count"] == str(page.context["total"])


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("number", [1, 3])
def test_file_costs_as_many_queries_for_any_number(client, format, number, django_assert_num_queries):
    for _each in range(number):
        make_initiative()
    body(fetch(client, format))  # content types are remembered
    with django_assert_num_queries(4 if format == "geojson" else 3):  # freshness, numbers, one chunk; points
        body(fetch(client, format))


@pytest.mark.parametrize("format", FORMATS)
def test_file_has_a_name_and_may_be_kept_for_a_minute(client, format, settings):
    settings.SITE_NAME = "REG4COVID"
    make_initiative()  # in Kenya, which is known from then on
    response = fetch(client, format, "country=KE&theme=digital_inclusion")
    name = response["Content-Disposition"]
    assert name.startswith('attachment; filename="reg4covid-initiatives-ke-digital-inclusion-2')
    assert name.endswith(f'.{format}"')
    assert response["Cache-Control"] == KEPT
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    assert response["X-Robots-Tag"] == "noindex"


def test_file_is_named_in_ascii_whatever_the_portal_is_called(client, settings):
    settings.SITE_NAME = 'بوابة\r\n"'
    assert fetch(client, "csv")["Content-Disposition"].startswith('attachment; filename="initiatives-2')


@pytest.mark.parametrize("format", FORMATS)
def test_unchanged_file_is_not_sent_again(client, some, format):
    etag = fetch(client, format, "country=KE")["ETag"]
    again = fetch(client, format, "country=KE", if_none_match=etag)
    assert (again.status_code, body(again), again["ETag"]) == (304, b"", etag)
    assert fetch(client, format, "country=GH", if_none_match=etag).status_code == 200


@pytest.mark.parametrize("change", ["publish", "edit", "rename", "remove", "day"])
def test_changed_file_is_sent_again(client, some, change, monkeypatch):
    etag = fetch(client, "csv")["ETag"]
    if change == "publish":
        make_initiative()
    elif change == "edit":
        Initiative.objects.filter(pk=some[0].pk).update(title="Better")
    elif change == "rename":
        some[0].organisation.name = "Another name"
        some[0].organisation.save()
    elif change == "remove":
        transition(some[0], "remove", by=ModeratorFactory(), public_reason="Wrong.")
    else:
        monkeypatch.setattr("initiatives.freshness.today", lambda: datetime.date(2030, 1, 1))
    assert fetch(client, "csv", if_none_match=etag).status_code == 200


def test_equal_filters_have_one_etag(client, some):
    assert (
        fetch(client, "csv", "country=ke&theme=spectrum")["ETag"]
        == fetch(client, "csv", "theme=spectrum&country=KE&page=3")["ETag"]
    )
    assert fetch(client, "csv", "variant=excel")["ETag"] != fetch(client, "csv")["ETag"]


SAME = ("ETag", "Content-Type", "Content-Disposition", "X-Row-Count", "Cache-Control", "X-Robots-Tag", "Vary")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("query", ["", "country=KE", "q=spectrum"])
def test_head_is_that_of_the_file_without_a_length(client, some, format, query, settings):
    """No file is made for it, and nothing is counted against the limit."""
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"export": "1/m/ip"}
    address = f"{reverse('initiatives:export', args=[format])}?{query}"
    for _each in range(3):
        head = client.head(address)
    whole = fetch(client, format, query)
    assert (head.status_code, whole.status_code, body(head)) == (200, 200, b"")
    assert "Content-Length" not in head and [head.get(name) for name in SAME] == [whole.get(name) for name in SAME]
    cache.clear()


@pytest.mark.parametrize("format", FORMATS)
def test_head_reads_no_initiative(client, some, format, django_assert_num_queries):
    client.head(reverse("initiatives:export", args=[format]))  # the index is made
    with django_assert_num_queries(2):  # freshness, news for the index that counts
        client.head(reverse("initiatives:export", args=[format]))


def test_head_of_a_sheet_with_too_many_rows_says_so(client, some, monkeypatch):
    monkeypatch.setattr(sheets, "ROWS_MAX", 2)
    assert client.head(reverse("initiatives:export", args=["xlsx"])).status_code == 400


def test_search_is_sent_again_when_its_texts_have_followed(client):
    """They do so a little later than the log of changes, which would name both files the same."""
    one = make_initiative()
    Initiative.objects.filter(pk=one.pk).update(title="Quokka for every operator")
    early = fetch(client, "csv", "q=quokka")
    following.catch_up()
    late = fetch(client, "csv", "q=quokka", if_none_match=early["ETag"])
    assert (early["X-Row-Count"], late.status_code, late["X-Row-Count"]) == ("0", 200, "1")
    assert fetch(client, "csv", "q=quokka", if_none_match=late["ETag"]).status_code == 304


def test_file_names_what_nobody_knows(client, some):
    """The rows are those of the list, which says so too; but nobody takes all of them for those of a country."""
    query = "country=ZZ&theme=spectrum&contry=KE&page=2&in_force_on=never&utm_source=x"
    response = fetch(client, "json", query)
    said = json.loads(body(response))
    assert said["ignored"] == {"country": ["ZZ"], "in_force_on": ["never"], "contry": ["KE"]}
    assert said["filters"] == {"theme": ["spectrum"]}
    assert response["X-Ignored-Parameters"] == "country=ZZ&in_force_on=never&contry=KE"
    assert "-initiatives-ignored-country-in-force-on-spectrum-2" in response["Content-Disposition"]
    assert "X-Ignored-Parameters" in response["Access-Control-Expose-Headers"]
    assert client.head(response.request["PATH_INFO"], {"country": "ZZ"})["X-Ignored-Parameters"] == "country=ZZ"
    assert (
        client.get("/initiatives/", {"country": "ZZ", "contry": "KE"})["X-Ignored-Parameters"] == "country=ZZ&contry=KE"
    )
    assert "X-Ignored-Parameters" not in client.get("/initiatives/?country=KE&page=2&utm_source=x&all=1")
    lines = sheet(body(fetch(client, "xlsx", query)), "licence")
    assert ("ignored", "country: ZZ; in_force_on: never; contry: KE") in [line[:2] for line in lines]
    assert "X-Ignored-Parameters" not in fetch(client, "csv", "country=KE&page=2&variant=excel")


@pytest.mark.parametrize(
    "query, said",
    [
        ("q=%21%3F", "q=%21%3F"),  # signs only
        ("q=-spectrum", "q=-spectrum"),  # nothing but what must not be there
        ("q=tower&q=spectrum", "q=tower"),
        ("year=2020&starts_after=2019&starts_after=2020", "starts_after=2019"),
        (f"q={'x' * 200}yz", "q=yz"),
        ("country=KE&country=ZZ&country=QQQ%00", "country=ZZ&country=QQQ"),
        ("KE", "KE="),
    ],
)
def test_what_has_no_effect_is_named(client, some, query, said):
    assert client.head(f"{reverse('initiatives:export', args=['csv'])}?{query}")["X-Ignored-Parameters"] == said


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x=1", "\0", "ط" * 5000, "x" * 9000])
def test_hostile_parameters_are_named_in_short(client, name):
    response = client.get(reverse("initiatives:export", args=["csv"]), {name: [name] * 50, "country": [name]})
    said = response["X-Ignored-Parameters"]
    assert response.status_code == 200 and said.isascii() and len(said) < 6000 and "\n" not in said


def test_file_begins_before_all_of_it_is_read(client, some, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(reading, "CHUNK", 1)
    fetch(client, "csv")
    with django_assert_num_queries(2):  # freshness, numbers
        response = fetch(client, "csv")
    parts = iter(response)
    with django_assert_num_queries(1):
        assert next(parts).startswith(b"reference,") and next(parts).startswith(b"INI-")


def test_failure_in_the_middle_is_no_end(client, some, monkeypatch):
    """The exception reaches the server, which breaks the connection off; see tests/test_broken_off.py."""
    monkeypatch.setattr(reading, "CHUNK", 1)
    response = fetch(client, "csv")
    parts = iter(response)
    next(parts)
    transition(some[4], "remove", by=ModeratorFactory(), public_reason="Wrong.")
    with pytest.raises(reading.Changed):
        list(parts)


def test_many_files_in_a_minute_are_too_many(client, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"export": "2/m/ip"}
    etag = fetch(client, "csv")["ETag"]
    assert fetch(client, "json").status_code == 200
    assert fetch(client, "csv").status_code == 429
    assert fetch(client, "csv", if_none_match=etag).status_code == 304  # costs nothing, and is not counted
    cache.clear()


@pytest.mark.parametrize("format", ["csv", "json"])
def test_file_is_compressed_where_that_helps(client, some, format):
    response = fetch(client, format, accept_encoding="gzip")
    assert response["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in fetch(client, "xlsx", accept_encoding="gzip")


def test_other_formats_do_not_exist(client):
    assert client.get("/initiatives/export.pdf").status_code == 404
    assert client.post(reverse("initiatives:export", args=["csv"])).status_code == 405


def test_file_may_be_read_by_pages_of_others(client, settings):
    """A refusal too, or their script would not know why."""
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"export": "1/m/ip"}
    for code in (200, 429):
        response = fetch(client, "json")
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (code, "*")
    cache.clear()
