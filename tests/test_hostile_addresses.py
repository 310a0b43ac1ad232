"""Every public address × hostile parameters, paths and headers: an answer in words, in bounded work, and nothing runs.

Which addresses are public, tests/test_access.py says: a new one is tried here from the day it stands there.
"""

import gzip
import json
import random
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from countries.services import load_countries
from initiatives.filters import InitiativeFilter
from initiatives.tests.test_hostile import Inspector
from outbox.clock import wind
from tests.hostile import OWN, sample
from tests.test_access import address_of, rows

pytestmark = pytest.mark.django_db

OTHERS = "page after before all order version from to variant weeks format cursor limit offset next lang x".split()
PARAMETERS = [*InitiativeFilter.base_filters, *OTHERS]
# What a careless template would make elements or attributes of, wherever it stands.
PROBES = [
    "<zq-a zq-b=1>",
    "\"><zq-a zq-b='1'>",
    "' zq-b='1",
    '" zq-b="1',
    "</title></script><zq-a>",
    "]]><zq-a/>",
    "--><zq-a>",
]
QUERIES_MAX = 45  # for any one answer; honest ones need up to 20
ANSWERS = {200, 301, 302, 304, 400, 404, 405, 406, 410, 412, 413, 414, 416, 429}


def public() -> list[tuple[str, str]]:
    """Name and subject of every address that a visitor may ask for; each with one subject, if possible one it has."""
    lines = [line for line in rows() if line[0] == "GET" and line[3][0] != "login" and not line[1].startswith("admin:")]
    lines.sort(key=lambda line: line[3][0])  # what answers 200 comes first
    found: dict[str, str] = {}
    for _method, name, subject, _cells in lines:
        found.setdefault(f"{name} {subject}" if name.endswith(":export") else name, subject)
    return [(name.partition(" ")[0], subject) for name, subject in found.items()]


@pytest.fixture(scope="module", autouse=True)
def _portal(kept_in_module) -> None:
    load_countries()
    wind()


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def ask(path: str, query: str = "", **headers: str):
    """Ask as a visitor does; whatever the answer, it must be sound, and have asked the database little."""
    with CaptureQueriesContext(connection) as asked:
        response = Client(raise_request_exception=True).generic("GET", path, QUERY_STRING=query, headers=headers)
        content = b"".join(response) if response.streaming else response.content
        content = gzip.decompress(content) if response.get("Content-Encoding") == "gzip" else content
    what = (path[:200], query[:200], headers)
    assert response.status_code in ANSWERS, (response.status_code, *what)
    assert len(asked) <= QUERIES_MAX, (len(asked), *what)
    if "Location" in response:
        assert stays_here(response["Location"]), (response["Location"], *what)
    assert unsound(response, content) == [], what
    return response


def stays_here(location: str) -> bool:
    """Whether a browser would stay on this host: it takes a backslash for a slash, and leaves out tabs and breaks."""
    for letter in "\t\r\n":
        location = location.replace(letter, "")
    return urlsplit(urljoin("http://testserver/x/", location.replace("\\", "/")))[:2] == ("http", "testserver")


def unsound(response, content: bytes) -> list[str]:
    """What of a document could run, or shows that somebody's text became markup."""
    kind = response.get("Content-Type", "").partition(";")[0]
    if kind == "text/html":
        return [*Page(content.decode()).findings]
    if kind in ("application/json", "application/geo+json") and content:
        json.loads(content)
    if kind.endswith("xml") and content:
        found = ElementTree.fromstring(content)
        return [one.tag for one in found.iter() if "zq-" in one.tag or any("zq-" in name for name in one.attrib)]
    return []


class Page(Inspector):
    """Notes what was planted beside what could run. Scripts of our own and data for them are allowed."""

    def handle_starttag(self, tag, attributes) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag.startswith("zq-") or any(name.startswith("zq-") for name in values):
            self.findings.append(f"planted: <{tag} {values}>")
        ours = values.get("src", "").startswith("/static/") or values.get("type", "").endswith("json")
        if not (tag == "script" and ours) and tag != "style":
            super().handle_starttag(tag, attributes)


def query_of(values: list[str], names: list[str] = PARAMETERS) -> str:
    data = QueryDict(mutable=True)
    for name in names:
        data.setlist(name, [value.encode("utf-8", "surrogatepass") for value in values])
    return data.urlencode()


def by_name(pair: tuple[str, str]) -> str:
    return " ".join(pair).strip()


every_address = pytest.mark.parametrize("pair", public(), ids=by_name)


@every_address
def test_parameters_do_no_harm(pair, things):
    """Each parameter has every payload at once."""
    address, payloads = address_of(*pair, things), [*PROBES, *OWN, *sample(40)]
    for start in range(0, len(payloads), 20):  # as many as Django reads parameters
        ask(address, query_of(payloads[start : start + 20]))


@every_address
def test_single_parameters_do_no_harm(pair, things):
    """One at a time: what is refused as a whole above may do harm alone."""
    chance = random.Random(by_name(pair))  # noqa: S311
    address, payloads = address_of(*pair, things), [*PROBES, *OWN, *sample(200)]
    for name in chance.sample(PARAMETERS, 8):
        ask(address, query_of([chance.choice(payloads)], [name]))


RAW = [
    "q=%00&country=%00&%00=1&%ff=2&&==&q&=&country=&country",
    "q=%ff%fe&tag=%c3%28&page=%C0%80",
    "q=%ed%a0%80&organisation=%ed%bf%bf&tag=%C0%80",
    "q=" + "a" * 8_000,
    "q=" + "%F0%9F%92%A9" * 600 + "&sort=relevance",
    "q=" + "-%22" * 2_000 + "&in_force_on=0000-00-00&starts_after=9999-99-99&starts_before=2020-02-30&year=-1",
    "&".join(f"country={code}" for code in ["KE", "ke", "XX"] * 300),
    "&".join(f"p{number}=1" for number in range(1_200)),
    "after=" + "9" * 400 + "&before=-1&page=1e9&version=0&version=-1&from=0&to=99999999999",
    "after=2026-03-02.2020-03-23.99999999999999999999&before=2026-99-99.x.1&version=99999999999999999999",
    "organisation=99999999999999999999&organisation=0&organisation=-1&organisation=%D9%A3",
]


@every_address
def test_broken_and_huge_queries_do_no_harm(pair, things):
    address = address_of(*pair, things)
    for query in RAW:
        ask(address, query)


HEADERS = [
    {"accept": "*/*;q=zq, \x00", "if-none-match": '"' * 5_000, "range": "bytes=0-,1-2,-5,9999999999999999999-"},
    {"accept": ",".join(["a/b;q=0.1"] * 500), "accept-language": "xx-" * 2_000, "if-none-match": 'W/"zq", "unclosed'},
    {"accept": "<zq-a>", "accept-language": "ar;q=<zq-a>,,;;q=9", "accept-encoding": "gzip;q=zq, br, *"},
    {"if-match": '"zq"', "range": "bytes=" + ",".join(["0-0"] * 1_000)},
    {"if-none-match": "*", "if-modified-since": "Thu, 99 Foo 99999999 25:61:61 GMT"},
    {"if-modified-since": "Thu, 01 Jan 0000 00:00:00 GMT", "if-unmodified-since": "zq", "origin": "null"},
    {"cookie": "sessionid=" + "zq" * 500 + "; csrftoken=<zq-a>; messages=zq", "x-requested-with": "XMLHttpRequest"},
    {"referer": "https://elsewhere.example/<zq-a>", "user-agent": "<zq-a>" * 500},
    {"x-forwarded-for": "<zq-a>, 999.999.999.999", "x-forwarded-host": "elsewhere.example", "x-forwarded-proto": "zq"},
]


@every_address
def test_odd_headers_do_no_harm(pair, things):
    address = address_of(*pair, things)
    for headers in HEADERS:
        ask(address, **headers)


def mangled(address: str) -> Iterator[str]:
    """The address with each of its parts in turn replaced by something hostile."""
    parts = address.strip("/").split("/")
    for at in range(1 if len(parts) > 1 else 0, len(parts)):
        for payload in [PROBES[0], *OWN]:
            sent = quote(payload.encode("utf-8", "surrogatepass")[:2_000], safe="")
            yield "/" + "/".join([*parts[:at], sent, *parts[at + 1 :]]) + ("/" if address.endswith("/") else "")


@every_address
def test_mangled_paths_do_no_harm(pair, things):
    for path in mangled(address_of(*pair, things)):
        ask(path, "q=%3Czq-a%3E")


@pytest.mark.parametrize("start", ["//", "/%5C", "/\\", "///", "/%2F", "/;//", "/.//", "/%09/", "/%0d%0a/"])
def test_no_address_leads_to_another_host(start):
    for rest in ("elsewhere.example", "elsewhere.example/..", "elsewhere.example/%2e%2e/", "elsewhere.example/KE/"):
        ask(start + rest)
        ask(f"/countries/ke/{start}{rest}")
        ask(f"/themes/SPECTRUM/{start}{rest}")


@pytest.mark.parametrize("path", ["/countries/ke/", "/regions/afr/", "/themes/SPECTRUM/", "/regions/"])
def test_query_goes_along_with_a_redirect_as_it_was(path):
    query = "q=%0d%0aSet-Cookie:%20zq=1&next=//elsewhere.example/&%E2%80%A8=%00"
    response = ask(path, query)
    assert response.status_code == 301 and not response.cookies
    assert response["Location"].partition("?")[2] in ("", query)


def test_planted_markup_is_seen():
    assert Page("<p><zq-a></p>").findings and Page("<p zq-b=1>").findings
    assert Page("<p>&lt;zq-a&gt;</p>").findings == []
    assert not stays_here("/\\elsewhere.example/") and not stays_here("\t//elsewhere.example/")
    assert stays_here("?q=//elsewhere.example/") and stays_here("/x//y")
