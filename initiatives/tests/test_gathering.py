"""Pages of themes, pillars, collections and tags."""

import datetime

import pytest
from django.urls import reverse
from taggit.models import Tag

from accounts import merging
from initiatives.models import Collection, Initiative
from initiatives.vocabulary import PILLAR_DESCRIPTIONS, THEME_DESCRIPTIONS, Pillar, Theme
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, make_initiative, make_submission

pytestmark = pytest.mark.django_db


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def warm(client, address: str) -> None:
    """The index is there, and has read what this test's own transaction wrote."""
    for _ in range(2):
        client.get(address)


def test_every_theme_and_pillar_says_what_it_is_about():
    assert set(THEME_DESCRIPTIONS) == set(Theme) and set(PILLAR_DESCRIPTIONS) == set(Pillar)


def test_themes_are_listed_under_their_pillars_with_counts(client):
    make_initiative(theme="spectrum", further_themes=["digital_inclusion"])
    page = text(client.get("/themes/"))
    assert '<a href="/themes/spectrum/">Spectrum</a> <span class="quiet">1</span>' in page
    assert (
        '<a href="/themes/digital-inclusion/">Digital inclusion and accessible ICT</a> <span class="quiet">1<' in page
    )
    assert '<a href="/pillars/resilient-connectivity/">Resilient connectivity</a>' in page


@pytest.mark.parametrize("theme", Theme.values)
def test_each_theme_has_a_page(client, theme):
    assert str(Theme(theme).label) in text(client.get(f"/themes/{theme.replace('_', '-')}/")).replace("&amp;", "&")


@pytest.mark.parametrize("pillar", Pillar.values)
def test_each_pillar_has_a_page_and_is_listed(client, pillar):
    address = f"/pillars/{pillar.replace('_', '-')}/"
    assert str(Pillar(pillar).label) in text(client.get(address))
    assert f'href="{address}"' in text(client.get("/pillars/"))


def test_theme_shows_its_initiatives_and_what_they_are(client):
    first = make_initiative(theme="spectrum", measure_types=["temporary_assignment", "spectrum_sharing"])
    further = make_initiative(theme="digital_inclusion", further_themes=["spectrum"], measure_types=["gender"])
    other = make_initiative(theme="public_information", measure_types=["chatbot"])
    page = text(client.get("/themes/spectrum/"))
    assert first.title in page and further.title in page and other.title not in page
    assert "<b>2 initiatives</b>" in page
    assert '<a href="/initiatives/?theme=spectrum&amp;measure=temporary_assignment">Temporary assignment</a>' in page
    assert '<a href="/initiatives/?theme=spectrum&amp;region=AFR">Africa</a></th><td>2</td>' in page
    assert '<a href="/initiatives/?theme=spectrum&amp;stakeholder=regulator">Regulator</a></th><td>2</td>' in page
    assert "Gender" not in page  # a measure type of another theme


@pytest.mark.parametrize(
    "address", ["/themes/spectrum/", "/pillars/resilient-connectivity/", "/collections/reg4covid/", "/tags/extra/"]
)
def test_page_leads_to_the_list_the_map_and_the_feed_of_the_same(client, address):
    make_initiative(theme="spectrum", tag_names=["extra"])
    page = text(client.get(address))
    name, value = {
        "themes": ("theme", "spectrum"),
        "pillars": ("pillar", "resilient_connectivity"),
        "collections": ("collection", "reg4covid"),
        "tags": ("tag", "extra"),
    }[address.split("/")[1]]
    for path in ("/initiatives/", "/map/", "/feeds/initiatives.atom"):
        assert f'href="{path}?{name}={value}"' in page
    assert f'<link rel="canonical" href="http://testserver{address}">' in page
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert "noindex" not in page


@pytest.mark.parametrize("address", ["/themes/spectrum/", "/pillars/safe-use/", "/collections/reg4covid/"])
def test_empty_page_says_so_and_is_not_indexed(client, address):
    Collection.objects.get_or_create(slug="reg4covid", defaults={"name": "REG4COVID", "opens_on": "2020-03-23"})
    page = text(client.get(address))
    assert "Nothing of this has been published yet." in page and "noindex" in page
    assert "/initiatives/new/" in page


@pytest.mark.parametrize(
    ("other", "address"),
    [
        ("/themes/Spectrum/", "/themes/spectrum/"),
        ("/themes/public_information/?x=1", "/themes/public-information/?x=1"),
        ("/pillars/safe_use/", "/pillars/safe-use/"),
        ("/collections/REG4COVID/", "/collections/reg4covid/"),
        ("/tags/EXTRA/", "/tags/extra/"),
    ],
)
def test_other_spelling_redirects_for_ever(client, other, address):
    make_initiative(tag_names=["extra"])
    response = client.get(other)
    assert (response.status_code, response["Location"]) == (301, address)


@pytest.mark.parametrize(
    "address", ["/themes/none/", "/pillars/none/", "/collections/none/", "/tags/none/", "/tags/%00/", "/themes/%ff/"]
)
def test_what_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_collection_says_when_and_whether_one_may_share(client):
    make_initiative()
    page = text(client.get("/collections/reg4covid/"))
    assert "open for contributions" in page and "no end is set" in page and "Share a measure" in page
    assert '<time datetime="2020-03-23">23 March 2020</time>' in page
    assert '<a href="/themes/spectrum/">Spectrum</a></th><td>1</td>' in page


def test_closed_collection_does_not_ask_for_measures(client):
    dates = {"opens_on": datetime.date(2020, 3, 23), "closes_on": datetime.date(2022, 1, 1)}
    Collection.objects.create(slug="past", name="Past crisis", **dates)
    page = text(client.get("/collections/past/"))
    assert "closed for contributions" in page
    assert '<p class="actions"><a class="button"' not in page


def test_collections_are_listed_open_ones_first(client):
    make_initiative()
    dates = {"opens_on": datetime.date(2020, 3, 23), "closes_on": datetime.date(2022, 1, 1)}
    Collection.objects.create(slug="past", name="A past crisis", **dates)
    page = text(client.get("/collections/"))
    assert page.index("/collections/reg4covid/") < page.index("/collections/past/")
    assert "1 initiative" in page and "0 initiatives" in page


def test_tags_are_those_of_what_is_published(client):
    make_initiative(tag_names=["Extra data"])
    make_submission(tag_names=["Not yet public"])
    page = text(client.get("/tags/"))
    assert '<a href="/tags/extra-data/" dir="auto">Extra data</a> <span class="quiet">1</span>' in page
    assert "Not yet public" not in page


def test_tags_are_found_by_their_names(client):
    make_initiative(tag_names=["Extra data", "مدارس"])
    assert "Extra data" not in text(client.get("/tags/", {"q": "مدارس"}))
    assert "/tags/extra-data/" in text(client.get("/tags/", {"q": "DATA"}))
    assert "No tag has a name" in text(client.get("/tags/", {"q": "<nothing>"}))


def test_tag_in_another_script_has_a_page(client):
    make_initiative(tag_names=["مدارس"])
    assert "<bdi>مدارس</bdi>" in text(client.get("/tags/مدارس/"))


def test_tag_of_what_was_removed_is_told_to_nobody(client):
    initiative = make_initiative(tag_names=["secret"])
    transition(initiative, "remove", by=ModeratorFactory(), public_reason="By mistake.")
    assert client.get("/tags/secret/").status_code == 404
    assert "secret" not in text(client.get("/tags/"))


def test_tag_of_what_is_archived_keeps_its_address(client):
    initiative = make_initiative(tag_names=["former"])
    transition(initiative, "archive", by=ModeratorFactory())
    page = text(client.get("/tags/former/"))
    assert '<a href="/initiatives/?tag=former&amp;archived=1">See what was archived</a>' in page
    assert initiative.title not in page and "/tags/former/" not in text(client.get("/tags/"))


def test_renamed_tag_keeps_its_address(desk):
    make_initiative(tag_names=["extra"])
    tag = Tag.objects.get()
    response = desk.post(f"/admin/taggit/tag/{tag.pk}/change/", {"name": "Extra spectrum", "slug": "other"})
    assert response.status_code == 302
    assert "<bdi>Extra spectrum</bdi>" in text(desk.get("/tags/extra/"))


def test_pages_after_the_first_are_those_of_the_list(client):
    for _ in range(12):
        make_initiative()
    page = text(client.get("/themes/spectrum/"))
    assert page.count('<article class="item">') == 10
    assert '<a href="/initiatives/?theme=spectrum">All 12 in the list</a>' in page


# the state of the log; the newest, their countries; organisations; of a theme its board, discussions
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/themes/spectrum/", 6), ("/pillars/resilient-connectivity/", 4)])
def test_queries_do_not_grow_with_what_is_gathered(client, django_assert_num_queries, address, queries, rows):
    for _ in range(rows):
        make_initiative(countries=["KE", "UG"], scope="multi_country")
    warm(client, address)
    with django_assert_num_queries(queries):
        client.get(address)


# beside that: the collection, or the tag in the filter and in the address
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/collections/reg4covid/", 6), ("/tags/extra/", 5)])
def test_queries_of_collections_and_tags_do_not_grow(client, django_assert_num_queries, address, queries, rows):
    for number in range(rows):
        make_initiative(tag_names=["extra", f"more {number}"])
    warm(client, address)
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"), [("/themes/", 1), ("/pillars/", 1), ("/collections/", 2), ("/tags/", 1)]
)
def test_queries_of_lists_do_not_grow(client, django_assert_num_queries, address, queries, rows):
    for number in range(rows):
        make_initiative(tag_names=[f"tag {number}"])
        Collection.objects.create(slug=f"call-{number}", name="Call", opens_on="2020-03-23")
    warm(client, address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_names_lead_to_the_pages(client):
    initiative = make_initiative(tag_names=["extra"])
    page = text(client.get(initiative.get_absolute_url()))
    for address in ("/themes/spectrum/", "/collections/reg4covid/", "/tags/extra/"):
        assert f'href="{address}"' in page
    assert Initiative.objects.count() == 1


def merge(desk, names: list[str], into: str) -> None:
    keys = list(Tag.objects.filter(name__in=names).values_list("pk", flat=True))
    desk.post("/admin/taggit/tag/", {"action": "render_tag_form", "_selected_action": keys})
    assert desk.post(reverse("admin:taggit_tag_merge_tags"), {"new_tag_name": into}).status_code == 302


def test_merged_tag_leads_to_the_one_that_was_kept(desk, client):
    initiative = make_initiative(tag_names=["romaing"])
    make_initiative(tag_names=["roaming"])
    merge(desk, ["romaing", "roaming"], into="roaming")
    for address in ("/tags/romaing/", "/tags/ROMAING/"):
        answer = client.get(f"{address}?page=1")
        assert (answer.status_code, answer.url) == (301, "/tags/roaming/?page=1")
    found = client.get("/initiatives/?tag=romaing").context
    assert found["total"] == 2 and found["filter"].chosen["tag"] == ["roaming"] and not found["filter"].ignored
    assert initiative.title in client.get("/initiatives/?tag=Romaing&tag=nonsense").text


def test_tag_merged_twice_leads_to_the_last(desk, client):
    make_initiative(tag_names=["a-one"]), make_initiative(tag_names=["a-two"])
    merge(desk, ["a-one", "a-two"], into="a-two")
    merge(desk, ["a-two"], into="a new name")
    assert [client.get(f"/tags/{slug}/").url for slug in ("a-one", "a-two")] == ["/tags/a-new-name/"] * 2
    assert not Tag.objects.filter(name__in=["a-one", "a-two"]).exists()


def test_tag_that_is_used_again_has_its_address_back(desk, client):
    make_initiative(tag_names=["old"]), make_initiative(tag_names=["kept"])
    merge(desk, ["old", "kept"], into="kept")
    make_initiative(tag_names=["old"])
    assert client.get("/tags/old/").status_code == 200
    assert client.get("/initiatives/?tag=old").context["total"] == 1


def test_merged_tag_tells_no_name_of_what_nobody_may_see(desk, client):
    removed = make_initiative(tag_names=["hidden-one"])
    transition(removed, "remove", by=ModeratorFactory(), public_reason="By mistake.")
    merge(desk, ["hidden-one"], into="hidden two")
    assert client.get("/tags/hidden-one/").status_code == 404


def test_merged_organisation_is_found_by_its_old_number(client):
    away, kept = OrganisationFactory(), OrganisationFactory()
    make_initiative(organisation=kept)
    admin = ModeratorFactory(group="Administrator")
    merging.merge(away, into=kept, by=admin, is_sure=True)
    found = client.get(f"/initiatives/?organisation={away.pk}").context
    assert found["total"] == 1 and found["filter"].chosen["organisation"] == [str(kept.pk)]
