import re
from html import unescape

import pytest
from django.utils import timezone

from accounts.models import Organisation
from initiatives.models import Initiative
from tests.factories import OrganisationFactory, country, make_initiative

pytestmark = pytest.mark.django_db
LIST = "/initiatives/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


# the state of the log
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_list(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_initiative(countries=["KE", "UG"], scope="multi_country")
    client.get(LIST), client.get(LIST)
    with django_assert_num_queries(1):
        assert client.get(LIST).status_code == 200


# … and: its news, what has changed, the items, the names of countries
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_after_a_publication_do_not_grow_either(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_initiative(countries=["KE", "UG"], scope="multi_country")
    with django_assert_num_queries(5):
        assert client.get(LIST).status_code == 200


def test_an_item_says_what_where_who_and_when(client):
    organisation = OrganisationFactory(name="Communications Authority", verified_at=timezone.now())
    initiative = make_initiative(
        title="Spectrum for <schools>", organisation=organisation, starts_on="2020-03-01", starts_precision="month"
    )
    page = text(client.get(LIST))
    title = f'href="{initiative.get_absolute_url()}" data-reference="{initiative.reference}" lang="en" dir="ltr">'
    assert f"{title}Spectrum for &lt;schools&gt;</a>" in page
    for words in (
        "<b>Kenya</b>",
        "<bdi>Communications Authority</bdi>",
        '<span class="verified">verified</span>',
        '<span class="badge">regulator</span>',
        'from <time datetime="2020-03">March 2020</time>',
        '<span class="mark mark--positive">in force</span>',
    ):
        assert words in page


def test_an_item_leads_to_its_organisation_and_theme(client):
    known, proposed = OrganisationFactory(name="A & <B>"), OrganisationFactory(name="Proposed")
    make_initiative(organisation=known, theme="spectrum"), make_initiative(organisation=proposed)
    Organisation.objects.filter(pk=proposed.pk).update(accepted_at=None)
    page = text(client.get(LIST))
    assert f'href="/organisations/{known.pk}/a-b/"><bdi>A &amp; &lt;B&gt;</bdi></a>' in page
    assert '<bdi class="item-owner">Proposed</bdi>' in page
    assert f"/organisations/{proposed.pk}/" not in page
    assert '<a href="/themes/spectrum/">Spectrum</a>' in page


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


def test_pages_have_twenty_and_a_bad_page_shows_a_good_one(client, monkeypatch):
    monkeypatch.setattr("initiatives.finding.paging.PER_PAGE", 2)
    titles = [make_initiative(title=f"Number {number}").title for number in range(3)]
    assert titles[2] in text(client.get(LIST)) and titles[0] not in text(client.get(LIST))
    for page in ("2", "3", "9999"):  # beyond the last one stands the last one
        assert titles[0] in text(client.get(LIST, {"page": page}))
    for name in ("page", "after", "before"):
        for page in ("0", "-1", "x", "\x00", "²", "1.2.3", "2020-01-01.2020-01-01.99999999999", "..1", "2020-13-45..1"):
            assert client.get(LIST, {name: page}).status_code == 200
    assert '<link rel="canonical" href="http://testserver/initiatives/?page=2">' in text(client.get(LIST + "?page=2"))


def test_going_on_shows_nothing_twice_when_something_is_published_meanwhile(client, monkeypatch):
    monkeypatch.setattr("initiatives.finding.paging.PER_PAGE", 2)
    for number in range(5):
        make_initiative(title=f"Number {number}")
    first = text(client.get(LIST))
    assert "Number 4" in first and "Number 3" in first
    onwards = href(first, "next")
    for number in range(5, 8):
        make_initiative(title=f"Number {number}")
    second = text(client.get(LIST + onwards))
    assert "Number 2" in second and "Number 1" in second and "Number 3" not in second
    back = text(client.get(LIST + href(second, "prev")))
    assert "Number 4" in back and "Number 3" in back


def href(page: str, rel: str) -> str:
    return unescape(re.search(f'rel="{rel} nofollow" href="([^"]*)"', page)[1])


def test_a_page_by_its_number_alone_still_works(client, monkeypatch):
    monkeypatch.setattr("initiatives.finding.paging.PER_PAGE", 2)
    for number in range(5):
        make_initiative(title=f"Number {number}")
    page = text(client.get(LIST + "?page=2"))
    assert "Number 2" in page and "Number 1" in page and "Page 2 of 3" in page


def test_filters_stay_in_links_and_form(client):
    make_initiative()
    page = text(client.get(LIST + "?country=ke&theme=spectrum&sort=title&organisation=999&utm=1"))
    assert 'href="/map/?country=KE&amp;sort=title&amp;theme=spectrum"' in page
    assert '<input type="checkbox" name="country" value="KE" checked> <bdi>Kenya</bdi>' in page
    assert 'name="theme" value="spectrum" checked> <bdi>Spectrum</bdi>' in page
    assert '<input type="hidden" name="sort" value="title">' in page
    assert 'href="?country=KE&amp;sort=title"' in page
    assert "Organisation: “<bdi>999</bdi>”" in page


def choice(code: str, count: int, *, checked: bool = False) -> str:
    """A choice as the form shows it, from its value on."""
    return rf'value="{code}"{" checked" if checked else ""}> <bdi>[^<]*</bdi></label><span>{count}</span>'


def test_each_choice_says_how_many_it_would_find_beside_the_other_filters(client):
    make_initiative(countries=["KE"]), make_initiative(countries=["UG"])
    make_initiative(countries=["KE"], theme="economic_measures", measure_types=["subsidy"])
    country("FR")
    page = text(client.get(LIST + "?country=KE"))
    assert re.search(choice("KE", 2, checked=True), page)
    assert re.search(choice("UG", 1), page)  # one would find it beside Kenya's
    assert re.search(choice("spectrum", 1), page) and re.search(choice("economic_measures", 1), page)
    assert 'value="FR"' not in page and 'value="digital_inclusion"' not in page


def test_what_is_chosen_stays_to_be_taken_back_even_if_it_finds_nothing(client):
    make_initiative(countries=["KE"])
    assert re.search(choice("recovery", 0, checked=True), text(client.get(LIST + "?phase=recovery")))


def test_long_facets_show_the_commonest_and_lead_to_all_of_them(client):
    for number in range(12):
        make_initiative(tag_names=[f"tag {number}", "common"])
    page = text(client.get(LIST))
    assert re.search(choice("common", 12), page)
    assert page.count('name="tag"') == 10
    assert 'rel="nofollow" href="?all=tag#facet-tag">3 more' in page
    everything = text(client.get(LIST + "?all=tag"))
    assert everything.count('name="tag"') == 13 and 'content="noindex, follow"' in everything


def test_what_is_kept_is_renewed_by_a_change(client):
    organisation = OrganisationFactory(name="Old name")
    make_initiative(organisation=organisation)
    assert text(client.get(LIST)).count("Old name") == 2  # in the item and among the choices
    type(organisation).objects.filter(pk=organisation.pk).update(name="New name")
    page = text(client.get(LIST))
    assert page.count("New name") == 2 and "Old name" not in page


def test_nothing_found_says_what_to_do(client):
    make_initiative()
    page = text(client.get(LIST + "?q=xyzzyqvw"))
    assert "Nothing that is published matches all of these filters." in page
    assert "Include archived" not in page
    assert "Take one away" not in page  # there is but one


def test_filters_that_exclude_each_other_say_which_to_take_away(client):
    make_initiative(countries=["KE"]), make_initiative(countries=["KE"])
    page = text(client.get(LIST + "?country=KE&theme=digital_inclusion"))
    assert '<a rel="nofollow" href="?country=KE">2 initiatives</a> without <bdi>Theme: Digital inclusion' in page
    assert 'href="?theme=digital_inclusion"' not in page.split("Take one away")[1]


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


def test_where_no_single_filter_is_in_the_way_one_can_keep_one(client):
    make_initiative(countries=["KE"])
    country("UG"), make_initiative(countries=["UG"], theme="digital_inclusion", measure_types=[])
    page = text(client.get(LIST + "?country=KE&theme=digital_inclusion&phase=recovery"))
    assert '<a rel="nofollow" href="?theme=digital_inclusion">1 initiative</a> with <bdi>Theme: Digital incl' in page


def test_archived_ones_are_offered_where_they_would_be_found(client):
    one = make_initiative(title="Kept for the record")
    Initiative.objects.filter(pk=one.pk).update(status="archived")
    assert 'href="?archived=1&amp;theme=spectrum"' in text(client.get(LIST + f"?theme={one.theme}")).replace(
        one.theme, "spectrum"
    )
    assert "Include archived" not in text(client.get(LIST + "?country=FR&q=xyzzyqvw"))


def test_all_that_was_left_out_stands_in_one_box(client):
    page = text(client.get(LIST + "?theme=magic&tag=none&country=XX&q=-towers&in_force_on=2020-02-30"))
    assert page.count("notice--attention") == 1
    assert all(f"“<bdi>{value}</bdi>”" in page for value in ("magic", "none", "XX", "2020-02-30"))
    assert "needs another one to look for" in page
