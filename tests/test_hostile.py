"""Hostile strings, in every filter of every public address, in forms, in letters."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.http import QueryDict
from django.urls import reverse

from countries.services import load_countries
from initiatives.models import Initiative
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, make_initiative, make_submission
from tests.hostile import batches, sample

pytestmark = pytest.mark.django_db

# The product's filter parameters; those that are still to come must not disturb.
PARAMETERS = """
    q country region group theme pillar measure stakeholder instrument compliance phase status language collection
    organisation tag year mark in_force_on starts_after starts_before sort archived page order version
""".split()
ADDRESSES = ["initiatives:list", "countrymap:map", "countrymap:data", "countrymap:compare", "countrymap:statistics"]
ADDRESSES += ["initiatives:feed", "initiatives:organisations", "initiatives:tags", "api:docs"]
ADDRESSES += ["countrymap:svg", "countrymap:embed"]


def query_of(payloads: list[str]) -> dict[str, list[str]]:
    """Every parameter with all the payloads, as somebody who tries everything at once would send them."""
    return dict.fromkeys(PARAMETERS, payloads)


def as_sent(query: dict[str, list[str]]) -> str:
    data = QueryDict(mutable=True)
    for name, values in query.items():
        data.setlist(name, [value.encode("utf-8", "surrogatepass") for value in values])
    return data.urlencode()


def unescaped(payloads: list[str], html: str, plain: str = "") -> list[str]:
    """Those that came back as they were sent, although they are markup that the page does not have without them."""
    markup = (payload for payload in payloads if re.search(r"<[a-zA-Z/!]", payload))
    return [payload for payload in markup if payload in html and payload not in plain]


@pytest.mark.parametrize("name", ADDRESSES)
def test_public_page_bears_every_hostile_string(name, client):
    load_countries()
    make_initiative()
    plain = client.get(reverse(name)).text
    for payloads in batches(60):  # as many as Django reads parameters in one request
        response = client.get(reverse(name), QUERY_STRING=as_sent(query_of(payloads)))
        assert response.status_code == 200, payloads
        assert unescaped(payloads, response.text, plain) == []


@pytest.mark.parametrize(
    "name", ["initiatives", "organisations", "countries", "statistics", "boards", "topics", "schema"]
)
def test_api_refuses_every_hostile_string_by_name(name, client):
    load_countries()
    make_initiative()
    for payloads in batches(60):
        response = client.get(reverse(f"api:{name}"), QUERY_STRING=as_sent(query_of(payloads)))
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json"), payloads
        assert response.json()["errors"]


@pytest.mark.parametrize("name", [*PARAMETERS, "limit", "after", "before", "facets"])
def test_api_parameter_bears_hostile_strings_alone(name, client):
    for payload in sample(12):
        response = client.get(reverse("api:initiatives"), QUERY_STRING=as_sent({name: [payload]}))
        assert response.status_code in (200, 400), payload
        assert "json" in response["Content-Type"] and response.json()


@pytest.mark.parametrize("name", ["board", "language", "initiative", "solved", "limit", "after"])
def test_api_of_the_forum_bears_hostile_strings(name, client):
    for payload in sample(12):
        response = client.get(reverse("api:topics"), QUERY_STRING=as_sent({name: [payload]}))
        assert response.status_code == 400 and response.json()["errors"], payload


@pytest.mark.parametrize("name", [name for name in PARAMETERS if name != "q"])
def test_filter_bears_hostile_strings_alone(name, client):
    for payload in sample(12):
        response = client.get(reverse("countrymap:data"), QUERY_STRING=as_sent({name: [payload]}))
        assert response.status_code == 200, payload


def test_search_word_comes_back_escaped(client):
    for payload in sample(20, "xss", "html_sanitizer_pair"):
        response = client.get(reverse("initiatives:list"), {"q": payload})
        assert unescaped([payload], response.text) == []


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=%ff%fe", "country=%00&tag=%00", "page=%00", "page=99999999999999999999", "q=%ed%a0%80", "&&==&q"],
)
@pytest.mark.parametrize("name", ADDRESSES)
def test_broken_bytes_in_the_query_are_borne(name, query, client):
    assert client.get(reverse(name), QUERY_STRING=query).status_code in (200, 404)


@pytest.mark.parametrize(
    "address",
    [
        "/%00/",
        "/initiatives/%00/",
        "/initiatives/INI-2026-000001/%00/",
        "/initiatives/INI-2026-000001/files/1/%00",
        "/initiatives/INI-2026-000001/files/99999999999999999999999/x",
        "/initiatives/INI-9999-999999999/x/",
        "/countries/%00%00/",
        "/countries/K%C4%B0/",
        "/sitemap-%00.xml",
        "/sitemap-initiatives--1.xml",
        "/sitemap-initiatives-99999999999999999999999.xml",
        "/static/../../etc/passwd",
        "/static/%2e%2e/%2e%2e/manage.py",
        "/initiatives/%ff/",
        "/api/v1/initiatives/%00/",
        "/api/v1/organisations/99999999999999999999999/",
        "/api/v1/topics/99999999999999999999999/",
        "/api/v1/countries/%ff%fe/",
        "/api/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_hostile_address_leads_nowhere(address, client):
    assert client.get(address).status_code in (400, 404)


def test_search_address_does_not_redirect_elsewhere(client):
    for payload in sample(30, "open_redirect", "crlf_header"):
        for name in ("portal:search", "account_login"):
            response = client.get(reverse(name), {"q": payload, "next": payload})
            assert response.status_code in (200, 302)
            assert response.get("Location", "/").startswith("/initiatives/") or response.status_code == 200


def test_sign_in_leads_to_nobody_else(client):
    """After sign-in the browser goes on to `next`: on this host only."""
    person = UserFactory()
    person.set_password("a long password 42")
    person.save()
    for payload in sample(25, "open_redirect"):
        client.logout()
        data = {"login": person.email, "password": "a long password 42", "next": payload}
        response = client.post(reverse("account_login"), data)
        goes_to = urljoin("http://testserver/accounts/login/", response["Location"].replace("\\", "/"))
        assert urlsplit(goes_to)[:2] == ("http", "testserver"), payload


LETTERS = [
    "x\r\nBcc: evil@example.org",
    "x\nTo: evil@example.org\n\nBody",
    "x%0d%0aBcc: evil@example.org",
    "x\u2028Bcc: a@b.example",
]


@pytest.mark.parametrize("payload", LETTERS)
def test_title_adds_no_header_to_letters(payload):
    submission = make_submission(title=f"Quince {payload}")
    transition(submission, "reject", by=ModeratorFactory(name=payload), public_reason=f"Reason {payload}")
    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        assert letter.recipients() == [submission.author.email]
        assert not {"bcc", "cc"} & set(map(str.lower, letter.message()))
        assert letter.message()["To"] == submission.author.email
        assert len(letter.subject.splitlines()) == 1


def test_letters_say_what_was_written():
    """A plain letter is no HTML: an apostrophe stays one."""
    title = "Côte d'Ivoire & “5 > 4” <networks>"
    submission = make_submission(title=title)
    transition(submission, "reject", by=ModeratorFactory(), public_reason='It isn\'t <new> & "clear".')
    text = "\n".join(letter.subject + letter.body for letter in mail.outbox)
    assert title in text and 'It isn\'t <new> & "clear".' in text
    assert "&amp;" not in text and "&#x27;" not in text


def test_published_text_is_escaped_everywhere(client):
    """A text that somebody approved by mistake is still only text."""
    load_countries()
    payloads = sample(12, "xss")
    for payload in payloads:
        words = {"title": payload[:150], "results": payload, "lessons": payload, "description": payload}
        make_initiative(
            summary=f"{payload} and enough words to make a summary of it"[:1200], partners=[payload[:200]], **words
        )
    addresses = [reverse("portal:home"), reverse("initiatives:list"), reverse("countrymap:country", args=["KE"])]
    addresses += [row.get_absolute_url() for row in Initiative.objects.all()]
    for address in addresses:
        html = client.get(address).text
        assert "Quince" not in html
        assert unescaped([payload[:150] for payload in payloads] + payloads, html) == []
