"""Headers of every public page, and the pages that say what went wrong."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import path, reverse

from reg4covid.urls import urlpatterns as portal_urls
from tests.house import template_files
from tests.things import SHOWN

pytestmark = pytest.mark.django_db

# An address of somebody else's from which a browser would fetch something.
RESOURCES = {
    ("img", "src"), ("script", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"), ("audio", "src"),
    ("embed", "src"), ("object", "data"), ("use", "href"), ("image", "href"), ("input", "src"), ("video", "poster"),
}  # fmt: skip
LEADS = {"canonical", "license", "alternate", "self", "first", "previous", "next", "prev"}  # links that fetch nothing


def pages(things) -> dict[str, str]:
    """Every public page by the name of its address."""
    plain = "portal:home portal:about portal:accessibility portal:privacy initiatives:list countrymap:map forum:index"
    plain += " countrymap:data countrymap:statistics countrymap:countries portal:robots portal:sitemap"
    addresses = {name: reverse(name) for name in plain.split()}
    addresses["country"] = reverse("countrymap:country", args=["GH"])
    addresses["theme"] = reverse("initiatives:theme", args=["spectrum"])
    addresses["feed"] = reverse("initiatives:feed")
    addresses["citation"] = reverse("initiatives:cite", args=[things.published.reference, "bib"])
    addresses["api"], addresses["api docs"] = reverse("api:initiatives"), reverse("api:docs")
    addresses["api try"] = reverse("api:try")
    addresses["region"] = reverse("countrymap:region", args=["AFR"])
    addresses["compare"] = reverse("countrymap:compare") + "?country=GH&country=KE"
    addresses["detail"] = things.published.get_absolute_url()
    addresses["archived"] = things.initiatives["archived"].get_absolute_url()
    addresses["search"] = reverse("initiatives:list") + "?q=quince&country=GH&sort=title"
    addresses["sitemap"] = reverse("portal:sitemap-section", args=["initiatives"])
    return addresses


NAMES = (
    """
    portal:home portal:about portal:accessibility portal:privacy initiatives:list countrymap:map countrymap:data
    countrymap:countries portal:robots portal:sitemap country region compare
    countrymap:statistics detail archived search sitemap theme feed citation api
""".split()
    + ["api docs", "api try"]
)
ENTRANCES = ["account_login", "account_signup", "account_request_login_code", "account_reset_password"]


def policy(response) -> dict[str, list[str]]:
    """The Content-Security-Policy by directive."""
    directives = (part.split() for part in response["Content-Security-Policy"].split(";") if part.strip())
    return {name: values for name, *values in directives}


def check_policy(response) -> None:
    found = policy(response)
    assert found["default-src"] == ["'none'"]
    assert found["frame-ancestors"] == ["'none'"] and found["base-uri"] == ["'none'"]
    said = " ".join(value for values in found.values() for value in values)
    assert "unsafe" not in said and "nonce" not in said and "*" not in said and "http" not in said


@pytest.mark.parametrize("name", NAMES)
def test_page_answers_with_safe_headers(name, client, things):
    response = client.get(pages(things)[name])
    assert response.status_code == 200
    check_policy(response)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("name", ENTRANCES)
def test_entrance_answers_with_safe_headers(name, client):
    response = client.get(reverse(name))
    assert response.status_code == 200
    check_policy(response)


@pytest.mark.parametrize("name", NAMES)
def test_page_sets_no_cookie(name, client, things):
    """Reading needs none, and a page that sets one cannot be cached."""
    assert not client.get(pages(things)[name]).cookies


@pytest.mark.parametrize("name", NAMES)
def test_head_answers_like_get(name, client, things):
    address = pages(things)[name]
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head["Content-Type"], head.content) == (get.status_code, get["Content-Type"], b"")


class Page(HTMLParser):
    """What a page fetches, and what stands in it that the policy forbids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched, self.inline, self.script = [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        self.fetched += [value or "" for name, value in attrs if (tag, name) in RESOURCES]
        if tag == "link" and "rel" in values and not LEADS & set(values["rel"].split()):
            self.fetched.append(values["href"])
        self.inline += [f"{tag} {name}" for name, value in attrs if name.startswith("on") or name == "style"]
        self.inline += [f"{tag} {name}" for name, value in attrs if (value or "").strip().startswith("javascript:")]
        data = values.get("type") in ("application/json", "application/ld+json")
        if tag == "style" or (tag == "script" and "src" not in values and not data):
            self.inline.append(tag)


def every_page(things) -> dict[str, str]:
    entrances = {name: reverse(name) for name in ENTRANCES}
    return (
        pages(things)
        | entrances
        | {"missing": "/nowhere/", "removed": things.initiatives["removed"].get_absolute_url()}
    )


def test_pages_fetch_nothing_from_others(client, things):
    found = {name: Page(client.get(address).text).fetched for name, address in every_page(things).items()}
    assert found["portal:home"]
    foreign = {name: link for name, links in found.items() for link in links if re.match(r"(?:[a-z+.-]+:)?//", link)}
    assert foreign == {}


def test_pages_have_nothing_inline(client, things):
    found = {
        name: inline
        for name, address in every_page(things).items()
        if (inline := Page(client.get(address).text).inline)
    }
    assert found == {}


def test_a_page_with_something_inline_is_seen():
    html = '<p onclick="x()" style="a:b"><a href="javascript:x()">.</a><script>x</script><style></style>'
    assert len(Page(html).inline) == 5


def test_templates_have_nothing_inline():
    """Those too that no test above opens. The attributes stand in tags, so what templates say between is left out."""
    inline = re.compile(r"<(?:script(?![^>]*\bsrc=)|style\b)|<\w[^>]*\s(?:on\w+|style)=", re.IGNORECASE)
    data = re.compile(r'<script[^>]*type="application/(?:ld\+)?json"')
    found = [
        f"{name}: {match[0][:60]}"
        for name, file in template_files()
        for match in inline.finditer(data.sub("", file.read_text("utf-8")))
    ]
    assert found == []


def test_pages_are_kept_apart_from_signed_in_ones(client, things):
    """The header of a page says who is signed in: a shared cache must not hand it to somebody else."""
    mixed = []
    for name, address in every_page(things).items():
        response = client.get(address)
        kept = response.get("Cache-Control", "") + response.get("Vary", "").lower()
        if response["Content-Type"].startswith("text/html") and not re.search("private|no-store|cookie", kept):
            mixed.append(name)
    assert mixed == []


@pytest.mark.parametrize("address", ["/", "/my/", "/my/profile/", "/accounts/email/", "/initiatives/", "/nowhere/"])
def test_page_for_somebody_signed_in_is_kept_nowhere(client, people, address):
    kept = people.client("author").get(address)["Cache-Control"]
    assert "private" in kept and "no-store" in kept
    if not address.startswith(("/my/", "/accounts/")):  # tests/test_cacheable.py says what a visitor is told
        assert "private" not in client.get(address)["Cache-Control"]


def test_data_for_everybody_does_not_vary_by_person(client, things):
    response = client.get(reverse("countrymap:data"))
    assert "cookie" not in response.get("Vary", "").lower() and "public" in response["Cache-Control"]


def test_data_for_everybody_may_be_kept_by_who_has_signed_in(people):
    assert "public" in people.client("author").get(reverse("countrymap:data"))["Cache-Control"]


def test_attachment_is_saved_and_never_run(client, things):
    file = things.published.attachments.get()
    response = client.get(reverse("initiatives:attachment", args=[things.published.reference, file.pk, file.name]))
    assert b"".join(response).decode() == f"{SHOWN},1\n"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Type"].startswith("text/csv")


# Error pages: addresses that fail on purpose, beside those of the portal.
def fail(request):
    raise RuntimeError("on purpose")


def refuse(request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


def misread(request):
    from django.core.exceptions import SuspiciousOperation

    raise SuspiciousOperation


urlpatterns = [path("fail/", fail), path("refuse/", refuse), path("misread/", misread), *portal_urls]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "code", "words"),
    [
        ("/misread/", 400, "could not read"),
        ("/refuse/", 403, "may not open"),
        ("/nowhere/", 404, "no such page"),
        ("/fail/", 500, "went wrong"),
    ],
)
@pytest.mark.parametrize("person", ["visitor", "stranger"])
def test_error_page_says_what_happened(person, address, code, words, people, settings):
    settings.DEBUG = False
    client = people.client(person)
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == code
    assert words in response.text and "<h1>" in response.text
    check_policy(response)


def test_removed_page_says_what_happened(client, things):
    response = client.get(things.initiatives["removed"].get_absolute_url())
    assert response.status_code == 410 and "was removed" in response.text
    check_policy(response)


def test_forged_form_is_told_what_happened(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.author)
    response = client.post(reverse("portal:profile"), {"name": "x"})
    assert response.status_code == 403 and "form was not accepted" in response.text


def test_server_error_needs_no_database(django_db_blocker):
    """The page of last resort is drawn without a query."""
    from django.template.loader import render_to_string

    with django_db_blocker.block():
        assert "went wrong" in render_to_string("500.html")


def test_unknown_host_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/map/data.json"])
def test_page_is_english_whatever_the_browser_prefers(client, path):
    plain, arabic = client.get(path), client.get(path, headers={"accept-language": "ar"})
    assert "Accept-Language" not in plain.get("Vary", "")
    assert arabic.headers.get("Content-Language") == plain.headers.get("Content-Language")
    if path != "/map/data.json":
        assert '<html lang="en" dir="ltr">' in arabic.text
