"""Organisations, themes, pillars and collections in the API: what their pages show, and nothing more."""

import pytest
from django.utils import timezone

from accounts.services import propose_organisation
from initiatives.gathering import counts_of
from initiatives.tests.api import faults, get
from initiatives.tests.choosing import scatter
from initiatives.vocabulary import MEASURE_LABELS, Pillar, Theme
from moderation.services import transition
from tests.factories import CollectionFactory, ModeratorFactory, OrganisationFactory, UserFactory, make_initiative

pytestmark = pytest.mark.django_db

ORGANISATIONS = "/api/v1/organisations/"


def ids(client, query: str = "") -> list[int]:
    return [item["id"] for item in get(client, query, ORGANISATIONS).json()["items"]]


def test_organisations_are_those_with_something_published(client):
    shown = make_initiative().organisation
    OrganisationFactory(name="Nothing yet")
    archived = make_initiative(organisation=OrganisationFactory(name="Old"))
    transition(archived, "archive", by=ModeratorFactory(), public_reason="Old.")
    said = get(client, "", ORGANISATIONS).json()
    assert [(item["id"], item["name"], item["initiatives"]) for item in said["items"]] == [(shown.pk, shown.name, 1)]
    assert get(client, "", f"{ORGANISATIONS}{archived.organisation_id}/").json()["initiatives"] == 0


def test_organisation_says_what_its_page_says(client):
    row = OrganisationFactory(name="Agency", short_name="AG", website="https://agency.example/", country=None)
    make_initiative(organisation=row)
    said = get(client, "", f"{ORGANISATIONS}{row.pk}/").json()
    assert (said["name"], said["short_name"], said["country"]) == ("Agency", "AG", None)
    assert client.get(said["url"]).status_code == 200
    assert client.get(said["initiatives_url"]).json()["count"] == said["initiatives"] == 1


def test_organisation_without_something_public_does_not_exist(client):
    proposed = propose_organisation("Proposed", "operator", None, by=UserFactory())
    for pk in (proposed.pk, OrganisationFactory().pk, 10**12, 10**30):
        assert get(client, "", f"{ORGANISATIONS}{pk}/").status_code == 404


def test_duplicate_leads_to_what_was_kept(client):
    kept = make_initiative().organisation
    other = OrganisationFactory(merged_into=kept, merged_at=timezone.now())
    assert get(client, "", f"{ORGANISATIONS}{other.pk}/").json()["id"] == kept.pk


def test_organisations_page_by_page(client):
    expected = sorted(make_initiative(organisation=OrganisationFactory()).organisation_id for _each in range(5))
    met, address = [], f"{ORGANISATIONS}?limit=2"
    while address:
        said = client.get(address).json()
        assert said["count"] == 5
        met += [item["id"] for item in said["items"]]
        address = said["next"]
    assert met == expected


def test_organisations_are_found_by_words_country_type_and_mark(client):
    verified = {"stakeholder_type": "operator", "verified_at": timezone.now()}
    one = make_initiative(organisation=OrganisationFactory(name="Spectrum Board", **verified))
    make_initiative()
    for query in ("q=spectrum+board", "type=operator", "verified=true", "country=ke&type=OPERATOR"):
        assert ids(client, query) == [one.organisation_id], query
    assert ids(client, "verified=false&type=operator") == []


def test_bad_parameters_of_organisations_are_named(client):
    query = "country=ZZ&type=nobody&verified=maybe&limit=0&after=0&q=%00&name=x"
    named = {"country", "type", "verified", "limit", "after", "q", "name"}
    assert faults(get(client, query, ORGANISATIONS)).keys() == named


@pytest.mark.parametrize("number", [1, 3])
def test_organisations_cost_as_many_queries_for_any_number(client, number, django_assert_num_queries):
    for _each in range(number):
        make_initiative(organisation=OrganisationFactory())
    get(client, "", ORGANISATIONS)
    with django_assert_num_queries(4):  # freshness, limit, news, rows
        assert len(ids(client)) == number
    with django_assert_num_queries(4):  # limit, news, which ones are called so, rows
        assert len(ids(client, "q=authority")) == number


def test_themes_pillars_and_measures_count_as_the_list_does(client):
    scatter(30)
    themes = get(client, "", "/api/v1/themes/").json()["items"]
    assert [item["code"] for item in themes] == Theme.values
    assert {item["code"]: item["initiatives"] for item in themes if item["initiatives"]} == counts_of("theme")
    measures = {one["code"]: one["initiatives"] for item in themes for one in item["measure_types"]}
    assert measures.keys() == set(MEASURE_LABELS)
    assert {code: count for code, count in measures.items() if count} == counts_of("measure")
    pillars = get(client, "", "/api/v1/pillars/").json()["items"]
    assert [item["code"] for item in pillars] == Pillar.values
    for item in (*themes, *pillars):
        assert client.get(item["initiatives_url"]).json()["count"] == item["initiatives"]
        assert client.get(item["url"]).status_code == 200


def test_collection_in_which_nothing_is_yet_shows_at_once(client):
    """Although nothing public has changed."""
    address = "/api/v1/collections/"
    etag = get(client, "", address)["ETag"]
    CollectionFactory(slug="next", name="The next crisis", closes_on="2030-01-01")
    response = get(client, "", address, **{"if-none-match": etag})
    assert [(item["code"], item["closes_on"]) for item in response.json()["items"]] == [("next", "2030-01-01")]
    assert get(client, "", address, **{"if-none-match": response["ETag"]}).status_code == 304
