"""What a reader sees at the portal's addresses: pages as trees, and the initiatives and figures that they show."""

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, TreeBuilder

from django.urls import reverse

from portal import sitemaps

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
ATOM = "{http://www.w3.org/2005/Atom}"


class _Builder(HTMLParser):
    """Makes a tree of a page whose elements are all closed, as ours are."""

    def __init__(self) -> None:
        super().__init__()
        self.tree, self.open = TreeBuilder(), []

    def handle_starttag(self, tag, attrs) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.open.append(tag)
        if tag in VOID:
            self.handle_endtag(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"
        self.tree.end(tag)

    def handle_data(self, data) -> None:
        self.tree.data(data)


def tree(html: str) -> Element:
    """Return the page's html element. Fails where elements are not closed in order."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert not builder.open, f"not closed: {builder.open}"
    return builder.tree.close()


def words(element: Element | None) -> str:
    """The text of an element as it reads."""
    return " ".join("".join(element.itertext() if element is not None else "").split())


def number(text: str) -> int:
    """The first number in a text."""
    return int(re.search(r"\d[\d,]*", text)[0].replace(",", ""))


def having(page: Element, tag: str, **attributes: str) -> Element:
    """The first element with these attributes; `klass` is one of its classes."""
    klass = attributes.pop("klass", "")
    for one in page.iter(tag):
        if klass and klass not in one.get("class", "").split():
            continue
        if all(one.get(name.replace("_", "-")) == value for name, value in attributes.items()):
            return one
    raise LookupError(f"<{tag} {klass} {attributes}>")


def opened(client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200, address
    return tree(response.text)


def with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def references(page: Element) -> list[str]:
    """The initiatives of a list in its order."""
    return [link.get("data-reference") for link in page.iter("a") if link.get("data-reference")]


def pages(client, address: str) -> Iterator[Element]:
    """The pages of a list, from `address` on, by the links that a reader follows."""
    for _ in range(200):
        page = opened(client, address)
        yield page
        onward = [link for link in page.iter("a") if "next" in link.get("rel", "").split()]
        if not onward:
            return
        address = urljoin(address, onward[0].get("href"))
    raise AssertionError("the pages do not end")


def listed(client, address: str) -> list[str]:
    return [reference for page in pages(client, address) for reference in references(page)]


def table(response) -> list[list[str]]:
    """The rows of a CSV file below its heading."""
    text = b"".join(response) if response.streaming else response.content
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))[1:]


def bars(page: Element) -> dict[str, int]:
    """The lines of the tables with bars that have an address: the address, and the number beside it."""
    lines = {}
    for body in page.iter("table"):
        if "bars" not in body.get("class", "").split():
            continue
        for row in body.iter("tr"):
            link, cells = row.find("th/a"), row.findall("td")
            if link is not None:
                lines[link.get("href")] = number(words(cells[0]))
    return lines


def entries(client, address: str) -> list[list[str]]:
    """The references in a feed, page by page."""
    found = []
    while address:
        feed = ElementTree.fromstring(client.get(address).content)
        found.append([one.findtext(f"{ATOM}id").rpartition(":")[2] for one in feed.iter(f"{ATOM}entry")])
        address = next((link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == "next"), "")
    return found


def part_of_sitemap(section: str, row) -> str:
    """Return the address of the part of a sitemap that lists the row: in tests rows have any numbers."""
    return reverse("portal:sitemap-section", args=[sitemaps.part_name(section, (row.pk - 1) // sitemaps.PART + 1)])
