import pytest

from countries.models import Country
from countries.services import load_countries
from countrymap.tests.sections import titles
from countrymap.tests.warming import warm
from initiatives.models import Initiative
from tests.factories import OrganisationFactory, country, make_initiative

pytestmark = pytest.mark.django_db

AGAIN = 2  # the state of the log, discussions
CHANGED = 7  # beside them: its news, what changed, the items, those over time, organisations


def test_countries_are_listed_by_region_with_counts(client):
    load_countries()
    make_initiative(countries=["KE"])
    groups = client.get("/countries/").context["groups"]
    assert [group.code for group in groups] == ["AFR", "AMS", "ARB", "ASP", "CIS", "EUR", ""]
    assert sum(len(group.places) for group in groups) == 249
    assert {place.country.iso2: place.count for place in groups[0].places if place.count} == {"KE": 1}
    assert groups[0].named == 1


def test_names_with_accents_are_in_their_place(client):
    for code in ("AX", "AL", "AT"):
        country(code)
    groups = client.get("/countries/").context["groups"]
    names = [place.country.name_en for group in groups for place in group.places if group.code == "EUR"]
    assert names == ["Albania", "Austria"]


def test_country_lists_what_names_it_then_region_and_world(client):
    make_initiative(countries=["KE"], title="Of Kenya")
    make_initiative(countries=["UG"], title="Of Uganda")
    make_initiative(countries=[], scope="regional", region="AFR", title="Of Africa")
    make_initiative(countries=[], scope="regional", region="EUR", title="Of Europe")
    make_initiative(countries=[], scope="global", title="Of the world")
    page = client.get("/countries/KE/")
    assert titles(page, "named") == ["Of Kenya"]
    assert titles(page, "regional") == ["Of Africa"]
    assert titles(page, "worldwide") == ["Of the world"]


def test_country_without_region_shows_the_world(client):
    country("AQ")
    make_initiative(countries=[], scope="regional", region="AFR")
    make_initiative(countries=[], scope="global", title="Of the world")
    page = client.get("/countries/AQ/")
    assert 'id="regional"' not in page.text
    assert titles(page, "worldwide") == ["Of the world"]


def test_country_shows_its_facts(client):
    country("NP")
    text = client.get("/countries/NP/").content.decode()
    assert "Least developed country (LDC), landlocked developing country (LLDC)" in text
    assert "Asia and the Pacific" in text


def test_country_in_small_letters_redirects(client):
    country("KE")
    response = client.get("/countries/ke/?page=2")
    assert (response.status_code, response["Location"]) == (301, "/countries/KE/?page=2")


@pytest.mark.parametrize("code", ["XX", "ZZ", "KEX", "K"])
def test_unknown_country_is_not_found(client, code):
    assert client.get(f"/countries/{code}/").status_code == 404


def test_country_with_nothing_says_so(client):
    country("FR")
    assert "None recorded yet." in client.get("/countries/FR/").content.decode()


def test_country_counts_by_theme_as_the_list_does(client):
    make_initiative(countries=["KE"], further_themes=["digital_inclusion"])
    make_initiative(countries=["KE"])
    make_initiative(countries=["UG"])
    lines = client.get("/countries/KE/").context["themes"]
    assert [(line.code, line.count) for line in lines] == [("spectrum", 2), ("digital_inclusion", 1)]
    for line in lines:
        assert client.get(line.url).context["total"] == line.count


def test_country_names_the_themes_without_any(client):
    make_initiative(countries=["KE"])
    gaps = client.get("/countries/KE/").context["gaps"]
    assert len(gaps) == 11 and "Spectrum" not in gaps


def test_country_shows_its_organisations_and_not_those_of_others(client):
    ours = make_initiative(countries=["KE"]).organisation
    theirs = OrganisationFactory(country=country("UG"))
    make_initiative(countries=["KE"], organisation=theirs)
    OrganisationFactory(name="Silent Authority")
    assert client.get("/countries/KE/").context["organisations"] == [(ours, 1)]


def test_country_shows_its_neighbours_with_most_first(client):
    for code in ("UG", "UG", "SN", "FR"):
        make_initiative(countries=[code])
    country("KE")
    country("ZM")
    context = client.get("/countries/KE/").context
    assert [(place.country.iso2, place.count) for place in context["neighbours"]] == [("UG", 2), ("SN", 1)]
    assert {place.country.iso2 for place in context["others"]} == {"SN", "UG", "ZM"}


def test_country_leads_to_feed_and_files_of_the_same(client):
    make_initiative(countries=["KE"])
    text = client.get("/countries/KE/").text
    for address in ("/initiatives/", "/map/", "/statistics/", "/feeds/initiatives.atom", "/initiatives/export.csv"):
        assert f'href="{address}?country=KE"' in text
        assert client.get(f"{address}?country=KE").status_code == 200


def test_country_pages_are_numbered(client):
    for number in range(21):
        make_initiative(countries=["KE"], title=f"Measure {number}")
    first, second = (client.get(f"/countries/KE/{query}") for query in ("", "?page=2"))
    assert 'href="?page=2"' in first.text
    assert (len(titles(first, "named")), titles(second, "named")) == (20, ["Measure 0"])
    assert '<meta name="robots" content="noindex, follow">' in second.text
    assert "noindex" not in first.text


@pytest.mark.parametrize("page", ["0", "99", "-1", "x", "%00", "9" * 30])
def test_country_bears_odd_pages(client, page):
    make_initiative(countries=["KE"])
    assert client.get(f"/countries/KE/?page={page}").status_code == 200


@pytest.mark.slow
def test_every_country_has_a_page(client):
    load_countries()
    codes = Country.objects.values_list("iso2", flat=True)
    assert {client.get(f"/countries/{code}/").status_code for code in codes} == {200}


@pytest.mark.parametrize("rows", [1, 3])
def test_country_takes_the_same_queries_at_any_length(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative(countries=["KE"])
        make_initiative(countries=[], scope="regional", region="AFR")
        make_initiative(countries=[], scope="global")
    warm(client, "/countries/KE/")
    with django_assert_num_queries(AGAIN):
        client.get("/countries/KE/")
    Initiative.objects.filter(pk=Initiative.objects.first().pk).update(title="Changed")
    with django_assert_num_queries(CHANGED):
        client.get("/countries/KE/")


@pytest.mark.parametrize("rows", [1, 3])
def test_countries_take_one_query(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_initiative()
    warm(client, "/countries/")
    with django_assert_num_queries(1):  # the state of the log
        client.get("/countries/")


def test_timeline_says_what_is_without_a_start(client):
    for _number in range(3):
        make_initiative(countries=["KE"])
    Initiative.objects.filter(pk=Initiative.objects.first().pk).update(starts_on=None, starts_precision="")
    text = client.get("/countries/KE/").text
    assert "1 without a known start is not shown." in text
    assert "that started last" not in text


def test_paper_says_how_many_more_the_region_has(client):
    for _number in range(5):
        make_initiative(countries=[], scope="regional", region="AFR")
    make_initiative(countries=["KE"])
    text = client.get("/countries/KE/").text
    assert '<p class="print-line">and 2 more</p>' in text


def test_organisations_say_what_their_numbers_count(client):
    make_initiative(countries=["KE"])
    assert "with all that they published, wherever it applies" in client.get("/countries/KE/").text
