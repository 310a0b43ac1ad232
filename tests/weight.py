"""How much a page weighs on a first visit: what a browser would fetch, as the portal sends it, compressed."""

import gzip
import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import brotli
from django.contrib.staticfiles import finders

STATIC = "/static/"
CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
# Attributes by which a page or its script names what is fetched at once; other links wait for a click.
FETCHED = {
    ("script", "src"),
    ("img", "src"),
    ("source", "src"),
    ("iframe", "src"),
    ("object", "data"),
    ("image", "href"),
}
FETCHING_RELS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}
FETCHED_BY_SCRIPT = {"data-shapes", "data-numbers"}


@dataclass
class Weight:
    """Bytes of each thing that is fetched, by address."""

    parts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.parts.values())

    def of(self, ending: str) -> int:
        return sum(size for address, size in self.parts.items() if address.endswith(ending))

    def __str__(self) -> str:
        return "\n".join([f"{self.total:7}", *(f"{size:7} {address}" for address, size in self.parts.items())])


class Linked(HTMLParser):
    """Addresses that a browser fetches with the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        if tag == "link" and FETCHING_RELS & set((values.get("rel") or "").split()):
            self.found.append(values["href"])
        self.found += [value for name, value in attrs if (tag, name) in FETCHED or name in FETCHED_BY_SCRIPT]


def linked(html: str) -> list[str]:
    parser = Linked()
    parser.feed(html)
    return list(dict.fromkeys(unescape(address) for address in parser.found if not address.startswith("data:")))


def sent(body: bytes) -> int:
    """Bytes on the wire of a page: the portal's gzip at its usual strength."""
    return len(gzip.compress(body, 6))


@cache
def static_size(path: str) -> int:
    """Bytes of a static file as collectstatic leaves it: the smallest of brotli, gzip and the file itself."""
    content = static_content(path)
    return min(len(brotli.compress(content)), len(gzip.compress(content, 9)), len(content))


@cache
def static_content(path: str) -> bytes:
    found = finders.find(path)
    assert found, f"{path} is linked but does not exist"
    return Path(found).read_bytes()


def fetched_by_css(path: str) -> list[str]:
    """What a stylesheet fetches, as static paths. All of it, although a browser fetches only what it draws."""
    urls = CSS_URL.findall(static_content(path).decode())
    addresses = [urljoin(STATIC + path, url) for url in urls if not url.startswith(("data:", "#"))]
    return [address.removeprefix(STATIC).partition("?")[0].partition("#")[0] for address in addresses]


def weigh(client, address: str, *, without: str = "") -> Weight:
    """Weigh a page and everything that it fetches. `without` is a pattern of HTML that is left out."""
    response = client.get(address, headers={"accept-encoding": "gzip"})
    html = gzip.decompress(response.content).decode() if response.get("Content-Encoding") == "gzip" else response.text
    if without:
        html, times = re.subn(without, "", html, flags=re.DOTALL)
        assert times == 1
        weight = Weight({address: sent(html.encode())})
    else:
        weight = Weight({address: len(response.content)})
    waiting = linked(html)
    for link in waiting:
        if link.startswith(STATIC):
            path = link.removeprefix(STATIC)
            weight.parts[link] = static_size(path)
            if path.endswith(".css"):
                waiting += [STATIC + more for more in fetched_by_css(path) if STATIC + more not in waiting]
        else:
            answer = client.get(link, headers={"accept-encoding": "gzip"})
            assert answer.status_code == 200, link
            weight.parts[link] = len(answer.content)
    return weight
