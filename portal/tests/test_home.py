"""The home page: figures that are true."""

import pytest

from countrymap.sheets import everything
from forum.tests.things import known_member, post_topic, private_board
from initiatives import finding
from initiatives.models import Initiative
from portal.views.home import figures, regions, themes
from tests.factories import CollectionFactory, make_initiative, make_submission

pytestmark = pytest.mark.django_db


def test_figures_count_people_checked_and_compiled_apart():
    make_initiative(countries=["KE", "GH"], scope="multi_country")
    compiled = make_initiative()
    Initiative.objects.filter(pk=compiled.pk).update(mark="not_checked", checked="not_checked")
    assert figures(everything(finding.current())) == {"initiatives": 2, "countries": 2, "checked": 1, "compiled": 1}


@pytest.mark.parametrize(("checked", "number"), [("source_seen", 1), ("not_checked", 0)])
@pytest.mark.parametrize("mark", ["needs_reverification", "contested"])
def test_doubts_make_nobody_look_or_not_look(mark, checked, number):
    Initiative.objects.filter(pk=make_initiative().pk).update(mark=mark, checked=checked)
    assert figures(everything(finding.current()))["checked"] == number


def test_themes_are_sorted_by_count():
    make_initiative(theme="public_information", measure_types=[])
    first = themes(everything(finding.current()))[0]
    assert (first["count"], first["share"]) == (1, 1) and "public_information" in first["url"]


def test_regions_count_as_the_list_does():
    make_initiative(countries=["KE", "GH"], scope="multi_country")
    make_initiative(countries=[], scope="regional", region="AFR")
    counts = {row["name"]: row["count"] for row in regions(everything(finding.current()))}
    assert counts["Africa"] == 2 and counts["Europe"] == 0


def test_home_shows_what_is_public_only(client):
    make_initiative(title="A public measure about spectrum")
    make_submission(title="A waiting measure about spectrum")
    text = client.get("/").text
    assert "A public measure about spectrum" in text and "A waiting measure" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_home_has_a_literal_query_count(client, django_assert_num_queries, count):
    CollectionFactory()
    for _ in range(count):
        make_initiative()
    with django_assert_num_queries(8):  # the state, its news, everything; names, the newest twice, collections; topics
        client.get("/")
    with django_assert_num_queries(2):
        client.get("/")


def test_home_is_the_same_for_everybody_and_sets_no_cookie(client):
    assert not client.get("/").cookies


@pytest.mark.parametrize("query", ["", "?q=", "?q=radio&theme=spectrum"])
def test_search_without_words_and_with_filters_leads_to_the_list(client, query):
    answer = client.get(f"/search/{query}")
    assert answer.status_code == 302 and answer["Location"] == f"/initiatives/{query}"


def test_search_shows_initiatives_and_discussions_together(client):
    initiative = make_initiative(title="Radio licences for quokkas")
    member = known_member()
    post, private = post_topic(title="How did quokkas fare"), post_topic(by=member, on=private_board(member))
    page = client.get("/search/?q=quokkas").content.decode()
    assert initiative.get_absolute_url() in page and post.get_absolute_url() in page
    assert private.get_absolute_url() not in page and page.count("<mark>") >= 2


def test_search_begins_in_the_header_and_leads_to_both_lists(client):
    post_topic(title="How did quokkas fare")
    page = client.get("/about/").text
    assert '<form class="search" role="search" aria-label="Search" action="/search/">' in page
    found = client.get("/search/?q=quokkas").text
    assert 'href="/forum/search/?q=quokkas"' in found and 'value="quokkas"' in found
    assert 'href="/initiatives/?q=' not in found  # which would be empty
    make_initiative(title="Radio licences for quokkas")
    found = client.get("/search/?q=quokkas").text
    assert 'href="/initiatives/?q=quokkas&amp;sort=relevance"' in found or 'href="/initiatives/?q=quokkas"' in found


def test_search_says_where_nothing_has_all_the_words(client):
    make_initiative(title="Radio licences for quokkas")
    post_topic(title="How did quokkas fare")
    page = client.get("/search/?q=quokkas+unheardof+licences").text
    assert "No initiative has all of these words" in page and "Nothing has all these words. This comes near." in page


@pytest.mark.parametrize("count", [1, 3])
def test_search_has_a_literal_query_count(client, django_assert_num_queries, count):
    for number in range(count):
        make_initiative(title=f"Radio licences for quokkas {number}")
        post_topic(title=f"How did quokkas fare {number}")
    client.get("/search/?q=quokkas")
    with django_assert_num_queries(15):  # of the log, words (2), what has them (3), rows, marks, likely words; boards
        client.get("/search/?q=quokkas")
