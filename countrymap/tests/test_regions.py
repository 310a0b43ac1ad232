import pytest

from countrymap.tests.sections import titles
from countrymap.tests.warming import warm
from initiatives.models import Initiative
from tests.factories import country, make_initiative

pytestmark = pytest.mark.django_db

CHANGED = 6  # state of the log, its news, what changed, items; board, discussions


@pytest.fixture
def africa():
    """Kenya, with an initiative, and Zambia and Palestine without; one of the region and one of another."""
    country("ZM")
    country("PS")
    make_initiative(countries=["KE"], title="Of Kenya")
    make_initiative(
        countries=[],
        scope="regional",
        region="AFR",
        title="Of Africa",
        theme="economic_measures",
        measure_types=["subsidy"],
    )
    make_initiative(countries=["FR"], title="Of France")


def test_region_counts_as_the_list_does(client, africa):
    context = client.get("/regions/AFR/").context
    assert context["sheet"].total == client.get("/initiatives/?region=AFR").context["total"] == 2
    for line in context["themes"]:
        assert client.get(line.url).context["total"] == line.count == 1


def test_region_says_which_members_have_none(client, africa):
    group = client.get("/regions/AFR/").context["group"]
    assert (group.covered, [place.country.iso2 for place in group.without]) == (1, ["ZM"])


def test_region_keeps_members_and_others_apart(client, africa):
    group = client.get("/regions/ARB/").context["group"]
    assert group.members == []
    assert [place.country.iso2 for place in group.territories] == ["PS"]


def test_region_lists_its_own_and_the_newest(client, africa):
    page = client.get("/regions/AFR/")
    assert titles(page, "regional") == ["Of Africa"]
    assert titles(page, "newest") == ["Of Kenya"]
    assert page.text.count(">Of Africa</a>") == 1


def test_region_with_nothing_but_its_own_asks_for_none(client):
    make_initiative(title="Of Africa", countries=[], scope="regional", region="AFR")
    assert 'id="newest"' not in client.get("/regions/AFR/").text


def test_region_with_nothing_asks_for_some(client):
    country("TJ")
    text = client.get("/regions/CIS/").text
    assert "None recorded yet." in text and "Share a measure" in text


def test_region_in_small_letters_redirects(client):
    response = client.get("/regions/afr/?x=1")
    assert (response.status_code, response["Location"]) == (301, "/regions/AFR/?x=1")


@pytest.mark.parametrize("code", ["XXX", "AF", "AFRI", "abc"])
def test_unknown_region_is_not_found(client, code):
    assert client.get(f"/regions/{code}/").status_code == 404


def test_regions_are_listed_with_the_countries(client):
    response = client.get("/regions/")
    assert (response.status_code, response["Location"]) == (301, "/countries/")
    country("KE")
    assert 'href="/regions/AFR/"' in client.get("/countries/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_region_takes_the_same_queries_at_any_length(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative(countries=["KE"])
        make_initiative(countries=[], scope="regional", region="AFR")
    warm(client, "/regions/AFR/")
    with django_assert_num_queries(3):  # the state of the log; board, discussions
        client.get("/regions/AFR/")
    Initiative.objects.filter(pk=Initiative.objects.first().pk).update(title="Changed")
    with django_assert_num_queries(CHANGED):
        client.get("/regions/AFR/")
