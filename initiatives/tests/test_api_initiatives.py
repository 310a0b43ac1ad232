"""The API's initiatives are those of the list and of the downloads, with the same values."""

import json

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings

from initiatives import services
from initiatives.columns import TABLE
from initiatives.filters import InitiativeFilter
from initiatives.tests.api import LIST, faults, get, references
from initiatives.tests.choosing import addresses, scatter
from initiatives.tests.exporting import body, fetch
from moderation.services import transition
from tests.factories import ModeratorFactory, content, make_initiative

pytestmark = pytest.mark.django_db

BESIDE = {"api_url", "mark_label", "archived", "organisation_id", "organisation_verified"}
IN_FULL = {"current", "attachments", "versions"}


def one(client, initiative, query: str = ""):
    return get(client, query, f"{LIST}{initiative.reference}/")


def test_records_are_those_of_the_download_for_any_filters(client):
    """The same in the same order, value by value; what the list would ignore is refused."""
    scatter(40)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(addresses())
    def agree(query: QueryDict):
        response = get(client, f"{query.urlencode()}&limit=100".lstrip("&"))
        if InitiativeFilter(query).ignored:
            assert faults(response)
            return
        items = response.json()["items"]
        expected = json.loads(body(fetch(client, "json", query.urlencode())))["items"]
        assert [{k: v for k, v in item.items() if k not in BESIDE} for item in items] == expected
        assert response.json()["count"] == len(expected)

    agree()


def test_record_has_the_columns_and_little_beside(client):
    initiative = make_initiative()
    columns = {column.name for column in TABLE if not column.name.startswith("source")}
    assert get(client).json()["items"][0].keys() == columns | {"sources", "url"} | BESIDE
    assert one(client, initiative).json().keys() == columns | {"sources", "url"} | BESIDE | IN_FULL


def test_mark_is_a_code_and_its_words(client):
    make_initiative()
    item = get(client).json()["items"][0]
    assert (item["mark"], item["mark_label"]) == ("source_seen", "source seen by a moderator")


def test_list_says_licence_schema_and_whom_to_name(client):
    said = get(client).json()
    assert said["licence"] == "https://creativecommons.org/licenses/by/4.0/" and said["schema_version"] == 1
    assert "http://testserver" in said["attribution"]


def test_best_match_comes_first(client):
    best = make_initiative(title="Drones, drones and drones")
    make_initiative(description="Among other things, drones.", title="Something else")
    found = references(get(client, "q=drones&sort=relevance"))
    assert (found[0], len(found)) == (best.reference, 2)


@pytest.mark.parametrize(("number", "queries"), [(1, 4), (3, 4)])
def test_list_costs_as_many_queries_for_any_number(client, number, queries, django_assert_num_queries):
    for _each in range(number):
        make_initiative()
    get(client)  # content types are remembered
    with django_assert_num_queries(queries):  # freshness, limit, news, records
        assert len(get(client).json()["items"]) == number


def test_list_that_did_not_change_costs_one_query(client, django_assert_num_queries):
    make_initiative()
    etag = get(client)["ETag"]
    with django_assert_num_queries(1):
        response = client.get(LIST, headers={"if-none-match": etag})
    assert response.status_code == 304 and response.content == b""


def test_one_costs_as_many_queries_for_any_number_of_versions(client, django_assert_num_queries):
    initiative = make_initiative()
    one(client, initiative)
    for _each in range(3):
        with django_assert_num_queries(6):  # freshness, limit, state, record, files, versions
            assert one(client, initiative).status_code == 200
        _correct(initiative)


def _correct(initiative, title="A corrected title"):
    correction = services.start_correction(initiative, by=initiative.versions.get(number=1).submission.author)
    services.save_draft(correction, by=correction.author, values=content(title=title))
    transition(correction, "submit", by=correction.author)
    transition(correction, "approve", by=ModeratorFactory())
    initiative.refresh_from_db()


def test_one_has_its_versions(client):
    initiative = make_initiative(title="As it was at first")
    _correct(initiative)
    now, then = one(client, initiative).json(), one(client, initiative, "version=1").json()
    assert (now["version"], now["title"], now["current"]) == (2, "A corrected title", True)
    assert (then["version"], then["title"], then["current"]) == (1, "As it was at first", False)
    assert [version["number"] for version in now["versions"]] == [1, 2]
    assert now["versions"] == then["versions"]
    assert now["versions"][0]["api_url"] == then["api_url"] and then["url"].endswith("?version=1")
    assert one(client, initiative, "version=2").json() == now
    assert now.keys() == then.keys()


@pytest.mark.parametrize(
    ("query", "status"), [("version=7", 404), ("version=0", 400), ("version=x", 400), ("v=1", 400)]
)
def test_version_that_there_is_not(client, query, status):
    response = one(client, make_initiative(), query)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")


def test_archived_is_marked_and_in_lists_only_where_asked_for(client):
    initiative = make_initiative()
    transition(initiative, "archive", by=ModeratorFactory(), public_reason="Old.")
    assert one(client, initiative).json()["archived"] is True
    assert get(client).json()["count"] == 0
    assert [item["archived"] for item in get(client, "archived=1").json()["items"]] == [True]


def test_removed_is_gone_with_its_notice(client):
    initiative = make_initiative(title="Never to be seen again")
    transition(initiative, "remove", by=ModeratorFactory(), public_reason="It was public by mistake.")
    for query in ("", "version=1"):
        response = one(client, initiative, query)
        assert response.status_code == 410 and response.json()["detail"] == "It was public by mistake."
        assert "Never" not in response.text


def test_reference_is_found_in_any_case(client):
    initiative = make_initiative()
    assert client.get(f"{LIST}{initiative.reference.lower()}/").json()["reference"] == initiative.reference


def test_facets_are_those_of_the_list(client):
    scatter(30)
    said = get(client, "region=AFR&facets=theme&facets=region&limit=1").json()["facets"]
    found = InitiativeFilter(QueryDict("region=AFR")).found
    assert said == {name: found.counts(name) for name in ("theme", "region")}


def test_organisation_that_nobody_accepted_is_told_by_name_alone(client):
    initiative = make_initiative()
    assert get(client).json()["items"][0]["organisation_id"] == initiative.organisation_id
    initiative.organisation.accepted_at = None
    initiative.organisation.save()
    assert get(client).json()["items"][0]["organisation_id"] is None


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("country=ZZ", {"country"}),
        ("theme=nonsense&theme=spectrum", {"theme"}),
        ("in_force_on=2020-06", {"in_force_on"}),
        (
            "in_force_on=2020-02-30&starts_after=soon&starts_before=1066",
            {"in_force_on", "starts_after", "starts_before"},
        ),
        ("organisation=99999999999999999999999", {"organisation"}),
        ("tag=no-such-tag", {"tag"}),
        ("collection=nowhere&year=1066&sort=sideways", {"collection", "year", "sort"}),
        ("sort=title&sort=start", {"sort"}),
        ("limit=0", {"limit"}),
        ("limit=101", {"limit"}),
        ("limit=%D9%A3", {"limit"}),
        ("limit=1e1&country=", {"limit", "country"}),
        ("page=2", {"page"}),
        ("format=json", {"format"}),
        ("facets=reference", {"facets"}),
        ("after=nonsense", {"after"}),
        ("after=1.2.3", {"after"}),
        ("after=2020-03-23.2020-03-23.1&before=2020-03-23.2020-03-23.1", {"before"}),
        ("q=" + "a" * 201, {"q"}),
        ("q=%00", {"q"}),
        ("q=%20", {"q"}),
    ],
)
def test_bad_parameter_is_refused_by_name(client, query, named):
    make_initiative()
    assert faults(get(client, query)).keys() == named


def test_hidden_tag_is_no_tag(client):
    """Whether somebody used a word in what is not public is nobody's business."""
    hidden = make_initiative(tag_names=["hidden"])
    assert get(client, "tag=hidden").json()["count"] == 1
    transition(hidden, "remove", by=ModeratorFactory(), public_reason="A mistake.")
    assert faults(get(client, "tag=hidden")) == faults(get(client, "tag=hidden"))
    assert "tag" in faults(get(client, "tag=hidden"))
