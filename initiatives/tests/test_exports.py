"""Downloads are exactly what the list shows for the same address, and behave as files on the web should."""

import datetime

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.exports import reading
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from initiatives.tests.exporting import FORMATS, body, fetch, references
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


@pytest.mark.parametrize("format", FORMATS)
def test_head_reads_no_initiative(client, some, format, django_assert_num_queries):
    with django_assert_num_queries(1):  # freshness
        response = client.head(reverse("initiatives:export", args=[format]))
    assert response.status_code == 200 and response.content == b""
    assert response["ETag"] == fetch(client, format)["ETag"]
    assert response["Content-Type"] == fetch(client, format)["Content-Type"]


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


def test_file_may_be_read_by_pages_of_others(client):
    assert fetch(client, "json")["Access-Control-Allow-Origin"] == "*"
