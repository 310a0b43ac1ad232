"""The API as HTTP: conditions, other sites, formats, limits, and problems in one form whatever goes wrong."""

import re

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils.http import parse_http_date

from common.api.problems import DOCS, KINDS
from initiatives.models import Change
from reg4covid.api import jobs, limits
from tests.caches import KEPT
from tests.factories import make_initiative

pytestmark = pytest.mark.django_db

ROOT, LIST = "/api/v1/", "/api/v1/initiatives/"
NAMES = """
    root initiatives organisations themes pillars collections countries regions statistics boards topics schema
""".split()
ADDRESSES = {name: reverse(f"api:{name}") for name in NAMES}
every = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)


def problem(response, status: int) -> dict:
    """What went wrong, where the answer says it as it should."""
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json"), response.content
    said = response.json()
    kind = next(kind for kind in KINDS.values() if kind.url == said["type"])
    assert (said["status"], kind.status, said["title"]) == (status, status, str(kind.title))
    assert said["detail"] and said["instance"].startswith("/")
    assert response["Access-Control-Allow-Origin"] == "*" and response["Cache-Control"] == "no-store"
    return said


@every
def test_answer_is_for_everybody(address, client, people):
    """No cookie is set, none is looked at, any site may read it, a cache may keep it for a minute."""
    response = client.get(address)
    assert response.status_code == 200 and not response.cookies
    assert response["Cache-Control"] == KEPT and response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["X-Robots-Tag"] == "noindex"
    assert "cookie" not in response["Vary"].lower() and "accept-encoding" in response["Vary"].lower()
    signed_in = people.client("author").get(address)
    assert (signed_in.content, signed_in["Cache-Control"]) == (response.content, response["Cache-Control"])


@every
def test_who_has_it_is_told_so(address, client):
    first = client.get(address)
    for tag in (first["ETag"], f"W/{first['ETag']}", f'"x", {first["ETag"]}', "*"):
        again = client.get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b""), tag
        assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])
        assert again["Vary"] == first["Vary"] and again["Access-Control-Allow-Origin"] == "*"
    assert client.get(address, headers={"if-none-match": '"another"'}).content == first.content


@every
def test_head_answers_like_get_without_a_body(address, client):
    head, get = client.head(address), client.get(address)
    assert head.content == b"" and head.status_code == 200
    for name in ("Content-Type", "ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert head[name] == get[name]


@every
def test_other_sites_may_ask_whether_they_may(address, client):
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": "GET"}
    response = client.options(address, headers=asked)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*" and response["Allow"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert "ETag" in client.get(address)["Access-Control-Expose-Headers"]


@every
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(address, method, client):
    response = getattr(client, method)(address)
    problem(response, 405)
    assert set(response["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@every
def test_format_that_there_is_not(address, client):
    problem(client.get(address, headers={"accept": "text/csv"}), 406)
    for accepted in ("application/json", "application/*;q=0.5", "text/html, */*;q=0.1", ""):
        assert client.get(address, headers={"accept": accepted}).status_code == 200, accepted


@every
def test_unknown_parameter_is_refused(address, client):
    assert problem(client.get(f"{address}?nonsense=1"), 400)["errors"][0]["parameter"] == "nonsense"


def test_something_published_changes_the_tag(client):
    first = client.get(LIST)
    make_initiative()
    again = client.get(LIST, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200 and again["ETag"] != first["ETag"] and again.json()["count"] == 1


def test_tag_is_of_the_address(client):
    make_initiative()
    addresses = (LIST, f"{LIST}?limit=1", f"{LIST}?limit=2", f"{LIST}?q=spectrum", ADDRESSES["themes"])
    assert len({client.get(address)["ETag"] for address in addresses}) == len(addresses)


def test_condition_makes_no_bad_address_good(client):
    for headers in ({"if-none-match": "*"}, {"if-modified-since": "Wed, 21 Oct 2099 07:28:00 GMT"}):
        problem(client.get(f"{LIST}?country=ZZ", headers=headers), 400)
        problem(client.get(f"{LIST}INI-2026-999999/", headers=headers), 404)


def test_last_change_is_known_once_it_has_settled(client):
    make_initiative()
    assert "Last-Modified" not in client.get(LIST)
    Change.objects.update(made_at="2026-01-01T00:00:00Z")
    changed = client.get(LIST)["Last-Modified"]
    assert parse_http_date(changed) % 86_400 == 0  # what depends on the day changes at midnight
    assert client.get(LIST, headers={"if-modified-since": changed}).status_code == 304
    assert client.get(LIST, headers={"if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"}).status_code == 200


def test_condition_that_does_not_hold(client):
    problem(client.get(LIST, headers={"if-match": '"another"'}), 412)
    assert client.get(LIST, headers={"if-match": client.get(LIST)["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "nowhere/",
        "nowhere",
        "initiatives/x/",
        "initiatives/INI-2026-999999/",
        "countries/ZZ/",
        "%00/",
        "a/b/c.php",
        "v2/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_unknown_address_is_a_problem_too(path, method, client):
    response = getattr(client, method)(ROOT + path)
    if method == "head":
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    else:
        assert response.status_code in (404, 405)
        problem(response, response.status_code)


@pytest.mark.parametrize("address", [LIST, f"{ROOT}nowhere/"])
def test_who_sends_something_is_told_nothing_of_forms(address):
    response = Client(enforce_csrf_checks=True).post(address, {"x": "1"})
    problem(response, 405 if address == LIST else 404)


@pytest.mark.parametrize("path", ["/api/", "/api/v2/", "/api/v1x", "/api/%ff"])
def test_below_the_api_nothing_is_html(path, client):
    response = client.get(path)
    assert "html" not in response.get("Content-Type", "")
    assert response.status_code in (308, 404)


def test_slash_that_is_missing_is_put_there(client):
    response = client.get("/api/v1/initiatives?limit=3&country=KE")
    assert (response.status_code, response["Location"]) == (308, "/api/v1/initiatives/?limit=3&country=KE")
    assert "Content-Type" not in response and response["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/v1")["Location"] == "/api/v1/"


def test_database_that_is_away(client, monkeypatch):
    def away(*args):
        raise OperationalError("no route")

    monkeypatch.setattr("initiatives.api.fresh.public_state", away)
    response = client.get(LIST)
    problem(response, 503)
    assert response["Retry-After"] == "30"


def test_fault_of_ours(client, monkeypatch):
    def fail(*args):
        raise RuntimeError("secret words")

    monkeypatch.setattr("initiatives.api.records.items_of", fail)
    client.raise_request_exception = False
    assert "secret" not in str(problem(client.get(LIST), 500))


def test_host_that_is_not_ours(client):
    problem(client.get(LIST, headers={"host": "evil.example"}), 400)


def test_more_parameters_than_anybody_reads(client):
    problem(client.get(f"{LIST}?{'&'.join(['x=1'] * 3_000)}"), 400)


def test_long_address_is_not_repeated_whole(client):
    said = problem(client.get(f"{LIST}?q={'a' * 30_000}"), 400)
    assert len(str(said)) < 5_000


def test_many_faults_are_not_all_told(client):
    said = problem(client.get(f"{LIST}?{'&'.join(f'x{number}=1' for number in range(300))}"), 400)
    assert len(said["errors"]) == 50


# How many


@pytest.fixture
def few(settings, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = 3
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_010.5)


def test_limit_is_told_and_kept(few, client):
    said = [client.get(LIST, {"x": 1})["RateLimit"] for _each in range(3)]
    assert said == ['"minute";r=2;t=50', '"minute";r=1;t=50', '"minute";r=0;t=50']
    response = client.get(LIST)
    problem(response, 429)
    assert response["Retry-After"] == "50" and response["RateLimit"] == '"minute";r=0;t=50'
    assert response["RateLimit-Policy"] == '"minute";q=3;w=60'


def test_limit_begins_anew_each_minute(few, client, monkeypatch):
    assert [client.get(LIST).status_code for _each in range(4)] == [200, 200, 200, 429]
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_060)
    assert client.get(LIST, {"x": 1})["RateLimit"] == '"minute";r=2;t=60'


def test_what_did_not_change_is_free(few, client):
    etag = client.get(LIST)["ETag"]
    answers = [client.get(LIST, headers={"if-none-match": etag}).status_code for _each in range(5)]
    assert answers == [304] * 5
    assert client.get(LIST, {"x": 1})["RateLimit"] == '"minute";r=1;t=50'


@every
def test_what_is_said_to_be_free_is_free(address, few, client):
    """As docs/api.md says: all but what must be made before it can be compared."""
    made = address in {ADDRESSES[name] for name in ("root", "collections", "schema")}
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    assert client.get(address, {"x": 1})["RateLimit"] == f'"minute";r={0 if made else 1};t=50'


@pytest.mark.parametrize("headers", [{"if-none-match": "*"}, {"if-modified-since": "Wed, 21 Oct 2099 07:28:00 GMT"}])
def test_nobody_asks_without_end_by_a_condition(headers, few, client):
    make_initiative()
    Change.objects.update(made_at="2026-01-01T00:00:00Z")
    assert [client.get(LIST, headers=headers).status_code for _each in range(4)] == [304, 304, 304, 429]


def test_what_is_left_to_one_client_is_kept_for_no_other(few, client):
    """An answer for everybody does not say it, and one that says it is one client's."""
    answers = [client.get(LIST) for _each in range(3)]
    assert ["RateLimit" in answer for answer in answers] == [False, False, True]
    assert ["public" in answer["Cache-Control"] for answer in answers] == [True, True, False]
    assert answers[2]["Cache-Control"] == "private, no-cache"
    assert all(answer["RateLimit-Policy"] == '"minute";q=3;w=60' for answer in answers)


def test_refused_requests_count(few, client):
    assert [client.get(f"{LIST}?x=1").status_code for _each in range(4)] == [400, 400, 400, 429]


def test_limit_is_of_the_client(few, client):
    for _each in range(3):
        client.get(LIST, REMOTE_ADDR="2001:db8::1")
    assert client.get(LIST, REMOTE_ADDR="2001:db8::ffff:1").status_code == 429  # the same network
    assert client.get(LIST, REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


def test_nobody_says_themselves_who_they_are(few, client, settings):
    for number in range(3):
        client.get(LIST, headers={"x-forwarded-for": f"192.0.2.{number}"})
    assert client.get(LIST, headers={"x-forwarded-for": "192.0.2.99"}).status_code == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client.get(LIST, headers={"x-forwarded-for": "192.0.2.99"}).status_code == 200


def test_addresses_are_not_kept_readable(rf):
    named = limits.client_of(rf.get(LIST, REMOTE_ADDR="192.0.2.7"))
    assert len(named) == 32 and named != limits.client_of(rf.get(LIST, REMOTE_ADDR="192.0.2.8"))
    assert named == limits.client_of(rf.get(LIST, REMOTE_ADDR="192.0.2.7"))


def test_old_counts_are_forgotten(few, client):
    client.get(LIST)
    assert jobs.forget_api_requests() == "0 forgotten"
    assert limits.forget(1_800_000_010) == 1


# The page for people


def test_every_kind_of_problem_is_explained(client):
    page = client.get(reverse("api:docs")).text
    assert reverse("api:docs") == DOCS
    for kind in KINDS.values():
        assert kind.url == f"http://testserver{DOCS}#problem-{kind.name}"
        assert f'id="problem-{kind.name}"' in page


def test_page_shows_every_address_and_examples_that_work(client):
    make_initiative()
    page = client.get(reverse("api:docs")).text
    for path in client.get(ADDRESSES["schema"]).json()["paths"]:
        assert f"GET {path}</code>" in page
    examples = re.findall(r"curl '(http://testserver[^']*)'", page)
    assert len(examples) > 12
    for example in examples:
        response = client.get(example.replace("&amp;", "&"))
        assert response.status_code in (200, 404), example  # rows of the example need not be there
