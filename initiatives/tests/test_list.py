import pytest
from django.utils import timezone

from initiatives.models import Initiative
from tests.factories import OrganisationFactory, country, make_initiative

pytestmark = pytest.mark.django_db
LIST = "/initiatives/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


# count, countries, choices of country and collection, the page, its countries
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_list(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_initiative(countries=["KE", "UG"], scope="multi_country")
    with django_assert_num_queries(6):
        assert client.get(LIST).status_code == 200


def test_an_item_says_what_where_who_and_when(client):
    organisation = OrganisationFactory(name="Communications Authority", verified_at=timezone.now())
    initiative = make_initiative(
        title="Spectrum for <schools>", organisation=organisation, starts_on="2020-03-01", starts_precision="month"
    )
    page = text(client.get(LIST))
    assert f'href="{initiative.get_absolute_url()}" lang="en" dir="ltr">Spectrum for &lt;schools&gt;</a>' in page
    for words in (
        "<b>Kenya</b>",
        "<bdi>Communications Authority</bdi>",
        '<span class="verified">verified</span>',
        '<span class="badge">regulator</span>',
        'from <time datetime="2020-03">March 2020</time>',
        '<span class="mark mark--positive">in force</span>',
    ):
        assert words in page


def test_arabic_text_runs_its_own_way(client):
    make_initiative(title="طيف إضافي", language="ar")
    assert 'lang="ar" dir="rtl">طيف إضافي</a>' in text(client.get(LIST))


def test_text_of_another_language_finds_its_own_direction(client):
    make_initiative(title="Spektrum tambahan", language="other")
    assert 'lang="" dir="auto">Spektrum tambahan</a>' in text(client.get(LIST))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"countries": ["KE", "UG", "FR", "NA", "TV"], "scope": "multi_country"}, "France, Kenya, Namibia and 2 more"),
        ({"countries": [], "scope": "regional", "region": "AFR"}, "Africa (region)"),
        ({"countries": [], "scope": "global"}, "Global"),
    ],
)
def test_places_in_words(client, changes, words):
    make_initiative(**changes)
    assert f"<b>{words}</b>" in text(client.get(LIST))


def test_a_long_summary_is_cut(client):
    make_initiative(summary="One sentence of the summary. " * 40)
    page = text(client.get(LIST))
    assert page.count("One sentence of the summary.") == 10


def test_what_nobody_has_checked_says_so(client):
    initiative = make_initiative()
    assert "not yet checked" not in text(client.get(LIST))
    Initiative.objects.filter(pk=initiative.pk).update(mark="not_checked")
    assert "not yet checked" in text(client.get(LIST))


def order(words: str) -> str:
    """The order as it is read out; on the screen the links beside it say so."""
    return f'<span class="visually-hidden">, {words}</span>'


def test_the_count_is_in_words(client):
    assert "<b>0 initiatives</b>" in text(client.get(LIST))
    make_initiative()
    assert f"<b>1 initiative</b> from 1 country or territory{order('newest first')}" in text(client.get(LIST))
    make_initiative(countries=["KE", "UG"], scope="multi_country")
    assert f"<b>2 initiatives</b> from 2 countries and territories{order('by title')}" in text(
        client.get(LIST + "?sort=title")
    )


def test_what_names_no_country_is_counted_without_one(client):
    make_initiative(countries=[], scope="global")
    assert f"<b>1 initiative</b>{order('newest first')}" in text(client.get(LIST))


def test_more_than_is_counted_says_so(client, monkeypatch):
    monkeypatch.setattr("common.paging.COUNTED", 1)
    make_initiative(), make_initiative()
    assert f"More than <b>1 initiative</b>{order('newest first')}" in text(client.get(LIST))


def test_pages_have_twenty_and_a_bad_page_shows_a_good_one(client, monkeypatch):
    monkeypatch.setattr("common.paging.page_of.__defaults__", (2,))
    titles = [make_initiative(title=f"Number {number}").title for number in range(3)]
    assert titles[2] in text(client.get(LIST)) and titles[0] not in text(client.get(LIST))
    for page in ("2", "3", "999999999999999999999"):
        assert titles[0] in text(client.get(LIST, {"page": page}))
    for page in ("0", "-1", "x", "\x00"):
        assert client.get(LIST, {"page": page}).status_code == 200
    assert '<link rel="canonical" href="http://testserver/initiatives/?page=2">' in text(client.get(LIST + "?page=9"))


def test_filters_stay_in_links_and_form(client):
    make_initiative()
    page = text(client.get(LIST + "?country=ke&theme=spectrum&sort=title&organisation=999&utm=1"))
    assert 'href="/map/?country=KE&amp;sort=title&amp;theme=spectrum"' in page
    assert '<input type="checkbox" name="country" value="KE" checked> Kenya' in page
    assert 'name="theme" value="spectrum" checked> Spectrum' in page
    assert '<input type="hidden" name="sort" value="title">' in page
    assert 'href="?country=KE&amp;sort=title"' in page
    assert "Organisation: “<bdi>999</bdi>” is not known and was left out." in page


def test_countries_are_offered_by_name(client):
    for code in ("TV", "AF", "CI", "AX"):
        country(code)
    page = text(client.get(LIST))
    names = ["Afghanistan", "Åland Islands", "Côte", "Tuvalu"]
    assert sorted(names, key=page.index) == names


def test_nothing_found_says_what_to_do(client):
    make_initiative()
    page = text(client.get(LIST + "?q=xyzzy"))
    assert "Nothing that is published matches all of these filters." in page
    assert 'href="?archived=1&amp;q=xyzzy"' in page


@pytest.mark.parametrize(
    ("query", "kept_out"), [("", False), ("?theme=spectrum", False), ("?theme=spectrum&phase=emergency", True)]
)
def test_search_engines_are_kept_out_of_combinations(client, query, kept_out):
    assert ('content="noindex, follow"' in text(client.get(LIST + query))) is kept_out


def test_a_visitor_gets_no_cookie_and_a_page_to_keep(client):
    response = client.get(LIST)
    assert not response.cookies
    assert "Cookie" in response["Vary"]
    assert "no-store" not in response.get("Cache-Control", "")


def test_removed_and_archived_ones_are_not_listed(client):
    for status in ("archived", "removed"):
        initiative = make_initiative(title=f"Gone {status}")
        Initiative.objects.filter(pk=initiative.pk).update(status=status)
    assert "Gone" not in text(client.get(LIST))
    page = text(client.get(LIST + "?archived=1"))
    assert "Gone archived" in page and "Gone removed" not in page
