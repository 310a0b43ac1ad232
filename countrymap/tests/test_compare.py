import pytest

from countrymap.tests.warming import warm
from initiatives.models import Initiative
from tests.factories import country, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """Kenya with two on spectrum, one of them newer; Ghana with one on another theme that has ended."""
    make_initiative(countries=["KE"], title="Older", starts_on="2020-03-01")
    make_initiative(countries=["KE"], title="Newer", starts_on="2020-04-01")
    ended = {"end_kind": "date", "ends_on": "2020-06-01", "theme": "economic_measures", "measure_types": ["subsidy"]}
    make_initiative(countries=["GH"], **ended)


def table(client, query: str) -> dict[str, list[int]]:
    return {
        str(row.label): [cell.count for cell in row.cells] for row in client.get(f"/compare/{query}").context["rows"]
    }


def test_compare_shows_each_theme_with_its_gaps(client, two):
    found = table(client, "?country=KE&country=GH")
    assert len(found) == 14  # all, in force, twelve themes
    assert found["All themes"] == [2, 1]
    assert found["In force today"] == [2, 0]
    assert found["Spectrum"] == [2, 0]
    assert found["Economic and financial measures"] == [0, 1]
    assert "none recorded" in client.get("/compare/?country=KE&country=GH").text


def test_compare_leads_to_the_lists_that_it_counts(client, two):
    for row in client.get("/compare/?country=KE&country=GH").context["rows"]:
        for cell in row.cells:
            assert client.get(cell.url).context["total"] == cell.count


def test_compare_names_the_newest(client, two):
    make_initiative(countries=["KE"], title="Newest", starts_on="2020-05-01")
    rows = client.get("/compare/?country=KE").context["rows"]
    (cell,) = next(row.cells for row in rows if str(row.label) == "Spectrum")
    assert [initiative.title for initiative in cell.titles] == ["Newest", "Newer"]
    assert cell.more == 1


def test_compare_keeps_the_order_of_the_address_and_counts_nobody_twice(client, two):
    choice = client.get("/compare/?country=gh&country=KE&country=GH").context["choice"]
    assert choice.codes == ["GH", "KE"]


def test_compare_offers_what_does_not_fit(client):
    for code in ("KE", "GH", "SN", "UG", "ZM"):
        country(code)
    response = client.get("/compare/?country=KE&country=GH&country=SN&country=UG&country=ZM")
    assert response.context["choice"].codes == ["KE", "GH", "SN", "UG"]
    assert "/compare/?country=KE&amp;country=GH&amp;country=SN&amp;country=ZM" in response.text


def test_compare_says_what_it_does_not_know(client, two):
    response = client.get("/compare/?country=KE&country=Atlantis&country=")
    assert response.context["choice"].codes == ["KE"]
    assert response.context["unknown"] == ["Atlantis"]
    assert "“<bdi>Atlantis</bdi>” is the code of no country or territory" in response.text


def test_compare_without_a_choice_offers_one(client, two):
    response = client.get("/compare/")
    assert response.text.count('<select id="country-') == 2
    assert ("Kenya and Ghana", "/compare/?country=KE&country=GH") in response.context["examples"]


def test_compare_with_one_asks_for_another(client, two):
    text = client.get("/compare/?country=KE").text
    assert '<input type="hidden" name="country" value="KE">' in text
    assert "Add a country or territory" in text


def test_compare_with_four_takes_no_more(client):
    for code in ("KE", "GH", "SN", "UG"):
        country(code)
    assert "<select" not in client.get("/compare/?country=KE&country=GH&country=SN&country=UG").text


def test_compare_works_where_the_database_is_empty(client):
    assert client.get("/compare/").status_code == 200


def test_compare_is_indexed_once(client, two):
    assert "noindex" not in client.get("/compare/").text
    assert '<meta name="robots" content="noindex, follow">' in client.get("/compare/?country=KE").text


@pytest.mark.parametrize("rows", [1, 3])
def test_compare_takes_the_same_queries_at_any_length(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative(countries=["KE"])
        make_initiative(countries=["GH"])
    warm(client, "/compare/?country=KE&country=GH")
    with django_assert_num_queries(1):  # the state of the log
        client.get("/compare/?country=KE&country=GH")
    Initiative.objects.filter(pk=Initiative.objects.first().pk).update(title="Changed")
    with django_assert_num_queries(4):  # beside it: its news, what changed, titles
        client.get("/compare/?country=KE&country=GH")
