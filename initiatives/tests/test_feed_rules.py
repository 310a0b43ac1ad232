"""What RFC 4287 demands of a feed, checked element by element, for feeds with hostile words in filters and texts."""

import datetime
import xml.etree.ElementTree as ET
from urllib.parse import quote, urlsplit

import pytest

from initiatives.models import Initiative
from tests.factories import make_initiative

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
ONCE = ("id", "title", "updated")  # in a feed and in each entry exactly once
AT_MOST_ONCE = ("subtitle", "rights", "icon", "logo", "generator", "published", "summary", "content", "source")
QUERIES = [
    "",
    "country=KE&theme=spectrum",
    "country=ZZ&contry=%00%0B%3Cb%3E",
    f"q={quote('طيف <b> & ]]>')}",
    f"tag={quote('=1+1')}&q=%EF%BF%BE%01",
    "page=2",
]


def said(element: ET.Element, name: str) -> list[str]:
    return [child.text or "" for child in element.findall(ATOM + name)]


def check_common(element: ET.Element) -> None:
    for name in ONCE:
        assert len(said(element, name)) == 1 and said(element, name)[0].strip(), name
    for name in AT_MOST_ONCE:
        assert len(said(element, name)) <= 1, name
    for moment in said(element, "updated") + said(element, "published"):
        assert moment[10] == "T" and datetime.datetime.fromisoformat(moment).tzinfo
    assert urlsplit(said(element, "id")[0]).scheme == "tag" and said(element, "id")[0].isascii()
    assert [author.findtext(ATOM + "name").strip() for author in element.findall(ATOM + "author")] != [""]
    links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(ATOM + "link")]
    assert len(links) == len(set(links))
    for link in element.findall(ATOM + "link"):
        address = urlsplit(link.get("href"))
        assert address.scheme in ("http", "https") and address.netloc and link.get("href").isascii()
    assert all(one.get("term") for one in element.findall(ATOM + "category"))


@pytest.mark.parametrize("query", QUERIES)
def test_feed_follows_the_rules(client, query):
    for _each in range(2):
        make_initiative()
    Initiative.objects.update(title="]]> <script> & \u202e '\"\x7f", summary="</summary>" * 9)
    feed = ET.fromstring(client.get(f"/feeds/initiatives.atom?{query}").content)
    assert feed.tag == ATOM + "feed" and feed.get("{http://www.w3.org/XML/1998/namespace}lang")
    check_common(feed)
    assert feed.findall(f"{ATOM}author") and feed.find(f"{ATOM}link[@rel='self']") is not None
    names = [child.tag for child in feed]
    assert ATOM + "entry" not in names or set(names[names.index(ATOM + "entry") :]) == {ATOM + "entry"}
    ids = [said(entry, "id")[0] for entry in feed.findall(ATOM + "entry")]
    assert len(ids) == len(set(ids))
    for entry in feed.findall(ATOM + "entry"):
        check_common(entry)
        assert entry.find(f"{ATOM}link[@rel='alternate']") is not None and len(entry.findall(ATOM + "author")) == 1
        assert entry.find(ATOM + "summary").get("type") == "html"
