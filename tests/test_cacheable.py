"""What caches may keep, and for how long: every public address × whoever asks, in one table."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.caches import KEPT as MINUTE
from tests.test_access import address_of, names, rows

pytestmark = pytest.mark.django_db

# What a visitor's answer says about being kept, by the code of the answer; an error is kept by nobody.
KEPT = dict.fromkeys(
    """
    portal:home portal:about portal:accessibility portal:privacy portal:search portal:sitemap portal:sitemap-section
    countrymap:map countrymap:countries countrymap:country countrymap:regions countrymap:region countrymap:compare
    countrymap:statistics
    api:docs api:try
    initiatives:list initiatives:detail initiatives:detail_bare initiatives:history initiatives:history_bare
    initiatives:cite initiatives:attachment initiatives:data initiatives:themes initiatives:theme initiatives:pillars
    initiatives:pillar initiatives:collections initiatives:collection initiatives:organisations initiatives:organisation
    initiatives:organisation_bare initiatives:tags initiatives:tag
    forum:index forum:search forum:board forum:topic forum:topic_bare forum:history
    """.split(),
    MINUTE,
)
OWN = {  # files and numbers: the same for everybody, whoever asks
    "countrymap:data": MINUTE,
    "countrymap:svg": MINUTE,
    "countrymap:png": MINUTE,
    "countrymap:embed": MINUTE,
    "countrymap:panel": MINUTE,
    "countrymap:statistics-csv": MINUTE,
    "initiatives:export": MINUTE,
    "initiatives:feed": MINUTE,
    "forum:picture": MINUTE,
    "forum:feed": MINUTE,
    "forum:board_feed": MINUTE,
    "forum:topic_feed": MINUTE,
    "initiatives:datapackage": MINUTE,
    "portal:robots": MINUTE,
}
API = """
    root initiatives initiative organisations organisation themes pillars collections countries country regions
    statistics boards topics topic schema
""".split()
OWN |= {f"api:{name}": MINUTE for name in API}
PRIVATE = "private, no-store"
VISITS = [
    pytest.param(name, subject, cells[0], id=f"{name} {subject}")
    for method, name, subject, cells in rows()
    if method == "GET"
]


def said(header: str) -> set[str]:
    return {part.strip() for part in header.split(",") if part.strip()}


@pytest.mark.parametrize(("name", "subject", "code"), VISITS)
def test_visitor_is_told_what_may_be_kept(name, subject, code, things):
    response = Client().get(address_of(name, subject, things))
    kept = response.headers.get("Cache-Control", "")
    if code == "404" or (name, code) == ("api:initiative", "410"):
        assert "no-store" in kept
    elif wanted := (KEPT | OWN).get(name):
        assert said(kept) == said(wanted)
    else:
        assert "public" not in kept and "s-maxage" not in kept
    if name in KEPT and code != "404":
        assert {"cookie", "accept-encoding"} <= said(response["Vary"].lower()) and not response.cookies
        assert response.headers.get("ETag", "").startswith('W/"') == (code == "200")


KNOWN = [param for param in VISITS if param.values[0] in KEPT and param.values[2] == "200"]


@pytest.mark.parametrize(("name", "subject", "code"), KNOWN)
def test_page_that_is_known_is_not_sent_again(name, subject, code, things, django_assert_num_queries):
    address = address_of(name, subject, things)
    first = Client().get(address)
    with django_assert_num_queries(1):
        again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again.cookies) == (304, b"", {})
    same = ("ETag", "Cache-Control", "Vary")
    assert [said(again[header]) for header in same] == [said(first[header]) for header in same]
    assert Client().head(address)["ETag"] == first["ETag"]


@pytest.mark.parametrize(("name", "subject", "code"), KNOWN)
def test_cookies_of_others_change_nothing(name, subject, code, things):
    address = address_of(name, subject, things)
    other = Client()
    other.cookies.load({"csrftoken": "a" * 32, "_ga": "GA1.2.3"})
    assert other.get(address)["ETag"] == Client().get(address)["ETag"]


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
@pytest.mark.parametrize(("name", "subject", "code"), KNOWN)
def test_who_may_be_known_gets_a_page_that_nobody_keeps(name, subject, code, cookie, things):
    address, somebody = address_of(name, subject, things), Client()
    somebody.cookies.load({cookie: "x" * 32})
    for response in (somebody.get(address), somebody.get(address, headers={"if-none-match": "*"})):
        assert response.status_code == 200 and said(response["Cache-Control"]) == said(PRIVATE)
        assert "ETag" not in response


@pytest.mark.parametrize("person", ["author", "moderator"])
@pytest.mark.parametrize(("name", "subject", "code"), KNOWN)
def test_who_has_signed_in_gets_a_page_that_nobody_keeps(name, subject, code, person, people, things):
    address = address_of(name, subject, things)
    visitor = Client().get(address)["ETag"]
    response = people.client(person).get(address, headers={"if-none-match": visitor})
    assert response.status_code == 200 and said(response["Cache-Control"]) == said(PRIVATE)


def test_files_are_kept_whoever_asks(people):
    for name in ("countrymap:data", "initiatives:feed"):
        assert said(people.client("author").get(reverse(name))["Cache-Control"]) == said(MINUTE)


def seconds(header: str) -> int:
    """For how long an answer may be shown: a browser begins to count when a shared cache hands it out, if at worst."""
    ages = {name: int(age) for name, age in re.findall(r"(max-age|s-maxage|stale-while-revalidate)=(\d+)", header)}
    return 0 if "no-store" in header else sum(ages.values()) + ages.get("max-age", 0) * ("s-maxage" not in ages)


def test_seconds_of_browser_and_shared_cache_are_added():
    ways = {MINUTE: 60, "public, max-age=60": 120, "max-age=30, s-maxage=30": 60, "no-store": 0, "": 0}
    assert {header: seconds(header) for header in ways} == ways


@pytest.mark.parametrize(("name", "subject", "code"), VISITS)
def test_no_answer_is_kept_longer_than_a_publication_may_take(name, subject, code, things, people):
    """Nowhere, whoever asks; of machines too. Only what bears its day in its address, a dump, may be kept longer."""
    address = address_of(name, subject, things)
    for somebody in (Client(), people.client("author")):
        response = somebody.get(address)
        for answer in (response, somebody.get(address, headers={"if-none-match": response.headers.get("ETag", '"x"')})):
            assert seconds(answer.headers.get("Cache-Control", "")) <= 60, address
            assert "Expires" not in answer or "no-store" in answer["Cache-Control"]


def decorated() -> Iterator[str]:
    for resolver in get_resolver().url_patterns:
        for pattern in getattr(resolver, "url_patterns", []):
            if getattr(pattern.callback, "is_cacheable", False):
                yield f"{resolver.app_name}:{pattern.name}"


def test_permission_stands_at_the_addresses():
    assert set(decorated()) == set(KEPT) and set(KEPT) <= set(names())


def test_every_public_address_is_in_the_table():
    """One that answers visitors and is neither here nor there would never be kept."""
    open_to_all = {param.values[0] for param in VISITS if param.values[2] in ("200", "301", "410")}
    others = {"portal:livez", "portal:healthz"}
    others |= {"forum:member"}  # it is drawn for its reader
    mine = {"initiatives:correct", "initiatives:ending", "initiatives:confirm"}  # removed ones leave their notice there
    assert open_to_all - set(KEPT) - set(OWN) == others | mine


def test_whoever_has_any_version_does_not_make_a_page_exist(client):
    assert client.get("/countries/XX/", headers={"if-none-match": "*"}).status_code == 404


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("name", ["portal:robots", "initiatives:datapackage"])
def test_file_for_machines_is_not_sent_again(client, name, method):
    address, ask = reverse(name), getattr(client, method)
    assert ask(address, headers={"if-none-match": ask(address)["ETag"]}).status_code == 304


def test_conditions_are_for_what_there_is(client, things):
    """Not for errors, nor for what moved or was removed: those are told as they are."""
    wanted = {"/countries/XX/": 404, "/regions/": 301, "/countries/KE/": 412}
    wanted[address_of("initiatives:detail", "removed", things)] = 410
    for address, code in wanted.items():
        for condition in ({"if-match": '"x"'}, {"if-match": '"x"', "if-none-match": '"y"'}):
            assert client.get(address, headers=condition).status_code == code, address
    assert client.get("/regions/", headers={"if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT"}).status_code == 301


def test_error_is_kept_by_nobody(client, monkeypatch):
    from django.db import OperationalError

    from initiatives import cacheable

    def away(*arguments):
        raise OperationalError

    monkeypatch.setattr(cacheable, "public_state", away)
    response = client.get("/about/")
    assert (response.status_code, response["Cache-Control"]) == (503, "no-store")
    assert client.get("/nowhere/")["Cache-Control"] == "no-store"


def test_page_that_sets_a_cookie_is_not_kept(rf):
    """However it came about: with the token of a form, say."""
    from django.http import HttpResponse
    from django.middleware.csrf import get_token

    from initiatives.cacheable import cacheable

    def with_cookie(request):
        response = HttpResponse("x")
        response.set_cookie("seen", "1")
        return response

    def with_token(request):
        return HttpResponse(get_token(request))

    for view in (with_cookie, with_token):
        response = cacheable(view)(rf.get("/"))
        assert said(response["Cache-Control"]) == said(PRIVATE) and "ETag" not in response


def test_file_is_given_out_whatever_is_asked_of_it(client, things):
    response = client.get(address_of("initiatives:attachment", "published", things), {"q": "words"})
    assert (response.status_code, response["Cache-Control"]) == (200, MINUTE)
    assert b"zqshown" in b"".join(response) and "ETag" not in response
