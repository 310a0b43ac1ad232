"""What RFC 4287 demands of a feed, checked element by element."""

import datetime
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ONCE = ("id", "title", "updated")  # in a feed and in each entry exactly once
AT_MOST_ONCE = ("subtitle", "rights", "icon", "logo", "generator", "published", "summary", "content", "source")


def checked(body: bytes) -> ET.Element:
    """Return the feed, which keeps every rule. Fails where it does not."""
    feed = ET.fromstring(body)  # noqa: S314 (our own)
    assert feed.tag == ATOM + "feed" and feed.get(LANG)
    _check_common(feed)
    assert feed.findall(f"{ATOM}author") and feed.find(f"{ATOM}link[@rel='self']") is not None
    names = [child.tag for child in feed]
    assert ATOM + "entry" not in names or set(names[names.index(ATOM + "entry") :]) == {ATOM + "entry"}
    entries = feed.findall(ATOM + "entry")
    ids = [said(entry, "id")[0] for entry in entries]
    assert len(ids) == len(set(ids))
    for entry in entries:
        _check_entry(entry)
    moments = [datetime.datetime.fromisoformat(said(entry, "updated")[0]) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert not moments or datetime.datetime.fromisoformat(said(feed, "updated")[0]) == moments[0]
    return feed


def said(element: ET.Element, name: str) -> list[str]:
    """Return the texts of the element's children of that name."""
    return [child.text or "" for child in element.findall(ATOM + name)]


def _check_entry(entry: ET.Element) -> None:
    _check_common(entry)
    assert entry.get(LANG)
    assert entry.find(f"{ATOM}link[@rel='alternate']") is not None and len(entry.findall(ATOM + "author")) == 1
    texts = entry.findall(ATOM + "summary") + entry.findall(ATOM + "content")
    assert [text.get("type") for text in texts] == ["html"]


def _check_common(element: ET.Element) -> None:
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
