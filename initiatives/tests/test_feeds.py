"""The Atom feed: valid whatever the texts say, the same choice as the list, cheap to ask again."""

import datetime
import xml.etree.ElementTree as ET

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone

from common.tests.hostile import payloads
from initiatives import feeds, services
from initiatives.filters import InitiativeFilter
from initiatives.models import Change, Initiative
from moderation.services import transition
from tests.caches import KEPT
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, content, make_initiative

pytestmark = pytest.mark.django_db
FEED = "/feeds/initiatives.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(client, query: str = "") -> ET.Element:
    response = client.get(FEED + query)
    assert response.status_code == 200 and response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def entries(feed: ET.Element) -> list[ET.Element]:
    return feed.findall(f"{ATOM}entry")


def links(element: ET.Element) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


def value(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}")


def correct(initiative, author, **values) -> None:
    correction = services.start_correction(initiative, by=author)
    services.save_draft(correction, by=author, values=content(**values))
    transition(correction, "submit", by=author)
    transition(correction, "approve", by=ModeratorFactory())


def test_entry_says_what_atom_wants(client):
    initiative = make_initiative(title="Spectrum for <schools> & homes", further_themes=["digital_inclusion"])
    entry = entries(read(client))[0]
    assert value(entry, "id") == f"tag:testserver,2026:{initiative.reference}"
    assert value(entry, "title") == "Spectrum for <schools> & homes"
    assert links(entry)["alternate"] == f"http://testserver{initiative.get_absolute_url()}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == initiative.organisation.name
    assert value(entry, "rights") == "CC BY 4.0"
    terms = {category.get("term") for category in entry.findall(f"{ATOM}category")}
    assert terms == {"spectrum", "digital_inclusion", "temporary_assignment", "KE"}
    version = initiative.versions.get()
    assert datetime.datetime.fromisoformat(value(entry, "updated")) == version.published_at.replace(microsecond=0)
    assert value(entry, "published") <= value(entry, "updated")


def test_feed_says_what_atom_wants(client):
    make_initiative()
    feed = read(client, "?theme=spectrum&sort=title")
    assert value(feed, "id") == "tag:testserver,2026:initiatives?theme=spectrum"
    assert value(feed, "title").startswith("Initiatives – Theme: Spectrum – REG")
    assert value(feed, "updated") == value(entries(feed)[0], "updated")
    assert links(feed)["self"] == links(feed)["first"] == f"http://testserver{FEED}?theme=spectrum"
    assert links(feed)["alternate"] == "http://testserver/initiatives/?theme=spectrum"
    assert "CC BY 4.0" in value(feed, "rights") and "next" not in links(feed)


def test_feed_of_nothing_is_valid(client):
    feed = read(client, "?q=nothing-like-this")
    assert entries(feed) == [] and value(feed, "updated") == "2020-03-23T00:00:00Z"


def test_text_says_its_language_and_the_way_it_runs(client):
    make_initiative(title="طيف مؤقت", summary="خصصت الهيئة طيفا إضافيا " * 5, language="ar")
    entry = entries(read(client))[0]
    assert entry.get(LANG) == "ar" and value(entry, "title") == "طيف مؤقت"
    assert value(entry, "summary").startswith('<p lang="ar" dir="rtl">خصصت')
    Initiative.objects.update(language="other")
    entry = entries(read(client))[0]
    assert entry.get(LANG) == "und" and 'dir="auto"' in value(entry, "summary")


def test_hostile_texts_leave_the_feed_valid(monkeypatch):
    """What the template makes of a row with each of them; none need be in the database for that."""
    initiative = make_initiative()
    monkeypatch.setattr(feeds, "newest_of", lambda choice, first, count: [initiative])
    for payload in [
        *payloads("xxe", "naughty_string", "html_sanitizer_pair", "crlf_header"),
        "]]>",
        "\x01\x0b\ufffe\x85 a",
        "a\x1b[0m",
        "\ud800",
        "\x00",
    ]:
        initiative.title = initiative.summary = initiative.organisation.name = payload
        text = render_to_string("initiatives/feed.xml", feeds.Feed(InitiativeFilter(QueryDict()), 1).context())
        entry = entries(ET.fromstring(text.encode()))[0]
        assert value(entry, "id").endswith(initiative.reference), payload
        assert "<script" not in value(entry, "summary").lower()


def test_hostile_title_in_the_feed_that_is_sent(client):
    make_initiative(title="]]> & <script>alert(1)</script> \" '")
    assert value(entries(read(client))[0], "title") == "]]> & <script>alert(1)</script> \" '"


def test_feed_takes_the_filters_of_the_list(client):
    shown, hidden = (
        make_initiative(theme="spectrum"),
        make_initiative(theme="public_information", measure_types=["chatbot"], countries=["UG"]),
    )
    owner = f"?organisation={shown.organisation_id}"
    for query in ("?theme=spectrum", "?country=KE", "?measure=temporary_assignment", owner):
        found = [value(entry, "title") for entry in entries(read(client, query))]
        assert shown.title in found, query
    assert hidden.title not in [value(entry, "title") for entry in entries(read(client, "?theme=spectrum"))]


def test_feed_has_nothing_that_was_removed_or_archived(client):
    removed, archived = make_initiative(), make_initiative()
    transition(removed, "remove", by=ModeratorFactory(), public_reason="By mistake.")
    transition(archived, "archive", by=ModeratorFactory())
    assert entries(read(client)) == []
    assert [value(entry, "title") for entry in entries(read(client, "?archived=1"))] == [archived.title]


def test_pages_follow_one_another(client, monkeypatch):
    monkeypatch.setattr(feeds, "PER_PAGE", 2)
    rows = [make_initiative() for _ in range(5)]
    seen, address = [], FEED
    while address:
        feed = read(client, address.removeprefix("http://testserver").removeprefix(FEED))
        seen += [value(entry, "id").rpartition(":")[2] for entry in entries(feed)]
        address = links(feed).get("next", "")
    assert seen == [row.reference for row in reversed(rows)]
    assert links(feed)["previous"].endswith("?page=2") and links(feed)["self"].endswith("?page=3")


def test_late_correction_comes_up_again(client, monkeypatch):
    monkeypatch.setattr(feeds, "PER_PAGE", 2)
    author = UserFactory()
    old = make_initiative(by=author)
    for _ in range(3):
        make_initiative()
    Initiative.objects.filter(pk=old.pk).update(published_on=datetime.date(2020, 4, 1))
    assert old.title not in [value(entry, "title") for entry in entries(read(client))]
    correct(old, author, title="A corrected title of the measure")
    first = entries(read(client))
    assert value(first[0], "title") == "A corrected title of the measure" and len(first) == 3
    assert value(first[0], "id").endswith(old.reference)


def test_feed_asked_again_is_not_sent_again(client):
    make_initiative()
    first = client.get(FEED)
    again = client.get(FEED, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == KEPT and not again.cookies


@pytest.mark.parametrize("change", ["publish", "correct", "remove", "rename"])
def test_feed_asked_again_is_sent_where_something_changed(client, change):
    author = UserFactory()
    initiative = make_initiative(by=author)
    etag = client.get(FEED)["ETag"]
    if change == "publish":
        make_initiative()
    elif change == "correct":
        correct(initiative, author, title="A corrected title of the measure")
    elif change == "remove":
        transition(initiative, "remove", by=ModeratorFactory(), public_reason="By mistake.")
    else:
        OrganisationFactory._meta.model.objects.update(name="A new name")
    response = client.get(FEED, headers={"if-none-match": etag})
    assert response.status_code == 200 and response["ETag"] != etag


def test_feed_of_a_search_is_compared_as_it_is(client):
    make_initiative()
    first = client.get(f"{FEED}?q=spectrum")
    assert client.get(f"{FEED}?q=spectrum", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(f"{FEED}?q=nothing", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_feeds_of_other_filters_have_other_tags(client):
    make_initiative()
    tags = {client.get(FEED + query)["ETag"] for query in ("", "?theme=spectrum", "?page=2")}
    assert len(tags) == 3
    assert client.get(f"{FEED}?sort=title&utm_source=1")["ETag"] in tags  # equal feeds share theirs


def test_date_serves_who_keeps_no_tag(client):
    make_initiative()
    assert "Last-Modified" not in client.get(FEED)  # it may still be that something of that second is to come
    Change.objects.update(made_at=timezone.now() - datetime.timedelta(minutes=5))
    modified = client.get(FEED)["Last-Modified"]
    assert client.get(FEED, headers={"if-modified-since": modified}).status_code == 304
    make_initiative()
    assert client.get(FEED, headers={"if-modified-since": modified}).status_code == 200


def test_forgotten_log_does_not_bring_an_old_tag_back(client):
    make_initiative()
    Change.objects.all().delete()
    before = client.get(FEED)["ETag"]
    make_initiative()
    Change.objects.all().delete()
    assert client.get(FEED)["ETag"] != before


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", "%00", "²"])
def test_page_that_is_none_is_borne(client, page):
    make_initiative()
    assert len(entries(read(client, f"?page={page}"))) in (0, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_feed(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_initiative(countries=["KE", "UG"], scope="multi_country")
    for _ in range(2):
        client.get(FEED)
    with django_assert_num_queries(5):  # the state; the log; the page, its countries, its versions
        tag = client.get(FEED)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(FEED, headers={"if-none-match": tag}).status_code == 304


def test_list_names_its_feed(client):
    make_initiative()
    page = client.get("/initiatives/?theme=spectrum").text
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert f'href="{FEED}?theme=spectrum"' in page


def test_addresses_that_name_last(settings):
    settings.SITE_URL = "https://[::1]:8000"
    assert feeds.tag_uri("x") == "tag:--1,2026:x"
    settings.SITE_URL = "https://portal.example:8443"
    assert feeds.tag_uri("INI-2026-000001") == "tag:portal.example,2026:INI-2026-000001"


def test_feed_may_be_read_by_pages_of_others(client):
    assert client.get(FEED)["Access-Control-Allow-Origin"] == client.options(FEED)["Access-Control-Allow-Origin"] == "*"
    assert client.options(FEED).status_code == 204


def test_feed_names_what_nobody_knows(client):
    feed, whole = client.get(f"{FEED}?country=ZZ&a%3Cb=%01%26&page=1"), client.get(FEED)
    assert feed["X-Ignored-Parameters"] == "country=ZZ&a%3Cb=%26" and feed["ETag"] != whole["ETag"]
    assert value(ET.fromstring(feed.content), "subtitle") == "Not known, and left out: country=ZZ; a<b=&"
    assert "X-Ignored-Parameters" not in whole and "subtitle" not in whole.text


def test_tag_that_only_something_removed_had_is_not_told(client):
    """Neither in the title of the feed, nor as a filter of the list; while it is public, both have it."""
    one = make_initiative(tag_names=["Zqsecret words"])
    assert "Zqsecret words" in client.get(f"{FEED}?tag=zqsecret-words").text
    transition(one, "archive", by=ModeratorFactory(), public_reason="Old.")
    assert "Zqsecret words" in client.get(f"{FEED}?tag=zqsecret-words&archived=1").text
    transition(one, "remove", by=ModeratorFactory(), public_reason="Wrong.")
    for address in (FEED, "/initiatives/", "/map/"):
        assert "Zqsecret words" not in client.get(f"{address}?tag=zqsecret-words").text
    found = InitiativeFilter(QueryDict("tag=zqsecret-words"))
    assert found.ignored == [("Tag", "zqsecret-words")] and not found.chosen
