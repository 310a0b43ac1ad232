"""Only what is public can be seen, wherever one looks; private fields are nowhere, not even in mails."""

import gzip
import io
import re
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.urls import reverse

from initiatives.exports import dumps
from initiatives.models import InitiativeAttachment, Submission, SubmissionAttachment
from tests.seen import part_of_sitemap
from tests.things import ARCHIVED, COMMON, COUNTRY_OF_OTHERS, COUNTRY_OF_SHOWN, HIDDEN, PRIVATE, REMOVED, SHOWN

pytestmark = pytest.mark.django_db

OUTSIDERS = ("visitor", "stranger")
LINK = re.compile(r"""(?:href|src|action|data-[\w-]+)=["'](/[^"'#]*)""")
LOCATION = re.compile(r"<loc>https?://[^/]+(/[^<]*)</loc>")
QUERIES = [
    "",
    "?sort=newest",
    "?sort=start",
    "?sort=-start",
    "?sort=title",
    "?sort=relevance&q=quince",
    f"?q={COMMON}",
    f"?country={COUNTRY_OF_OTHERS}",
    "?region=AFR",
    "?theme=spectrum",
    "?stakeholder=regulator",
    "?collection=reg4covid",
    "?status=in_force&status=ended&status=announced&status=revoked&status=not_known",
    "?in_force_on=2020-06-01",
    "?instrument=regulation_decision",
    "?phase=emergency",
    "?language=en",
    "?tag=zq",
    "?page=2",
]


def addresses(things) -> list[str]:
    """What anybody can ask for: every page, every filter, every sort, and addresses that lead to nothing."""
    lists = ["initiatives:list", "countrymap:data", "countrymap:svg", "initiatives:feed"]
    filtered = [reverse(name) + query for name in lists for query in QUERIES]
    files = [reverse("initiatives:export", args=[format]) for format in ("csv", "xlsx", "json", "geojson")]
    filtered += [address + query for address in files for query in QUERIES]
    filtered += [
        reverse(name) + query
        for name in ("countrymap:map", "countrymap:embed")
        for query in ("", f"?q={COMMON}", f"?country={COUNTRY_OF_OTHERS}")
    ]
    filtered += [f"{reverse('initiatives:list')}?organisation={row.organisation_id}" for row in things.hidden]
    named = [f"portal:{name}" for name in "home about accessibility privacy robots sitemap healthz".split()]
    named += "countrymap:countries account_login account_signup account_request_login_code".split()
    named += ["initiatives:data", "initiatives:datapackage"]
    pages = [reverse(name) for name in named] + [reverse("portal:search") + f"?q={COMMON}", "/nowhere/"]
    pages += [reverse("countrymap:country", args=[code]) for code in (COUNTRY_OF_OTHERS, COUNTRY_OF_SHOWN)]
    pages += [reverse("countrymap:region", args=[code]) for code in ("AFR", "EUR")]
    pages += [reverse("countrymap:compare") + f"?country={COUNTRY_OF_OTHERS}&country={COUNTRY_OF_SHOWN}"]
    pages += [reverse("countrymap:statistics") + query for query in ("", f"?q={COMMON}")]
    pages += [reverse("countrymap:statistics-csv", args=[name]) for name in ("themes", "time", "coverage")]
    pages += [reverse("portal:sitemap-section", args=[name]) for name in ("pages", "countries", "initiatives")]
    pages += [reverse("portal:sitemap-section", args=[name]) for name in ("themes", "tags", "organisations")]
    pages += gathering(things) + forum(things)
    return filtered + pages + api(things)


def api(things) -> list[str]:
    """Every address of the API, with every filter, and the numbers of organisations that may not be known."""
    names = "root organisations themes pillars collections countries regions statistics schema docs try".split()
    names += ["boards", "topics"]
    found = [reverse(f"api:{name}") for name in names]
    found += [reverse("api:initiatives") + query for query in (*QUERIES, "?facets=organisation&facets=tag")]
    found += [reverse("api:statistics") + query for query in QUERIES]
    found += [reverse("api:country", args=[code]) for code in (COUNTRY_OF_OTHERS, COUNTRY_OF_SHOWN)]
    found.append(reverse("api:initiative", args=[things.published.reference]))
    found += [reverse("api:topics") + query for query in ("?board=ask-your-peers", "?board=group", "?language=en")]
    found += [reverse("api:topic", args=[post.topic_id]) for post in things.posts.values()]
    owners = {row.organisation_id for row in (*things.hidden, *things.initiatives.values())}
    return found + [reverse("api:organisation", args=[pk]) for pk in owners - without(things)]


def gathering(things) -> list[str]:
    """Pages of themes, tags and organisations, whether they may be known or not, and citations."""
    found = [reverse(f"initiatives:{name}") for name in "themes pillars collections organisations tags".split()]
    found += ["/themes/spectrum/", "/pillars/resilient-connectivity/", "/collections/reg4covid/"]
    found += [f"/organisations/?q={word}" for word in (COMMON, "authority")] + ["/tags/?q=tag"]
    found += [reverse("initiatives:tag", args=[f"{word}-tag"]) for word in (SHOWN, HIDDEN)]
    owners = {row.organisation_id for row in (*things.hidden, *things.initiatives.values())}
    found += [reverse("initiatives:organisation_bare", args=[pk]) for pk in owners - without(things)]
    return found + [reverse("initiatives:cite", args=[things.published.reference, kind]) for kind in ("bib", "ris")]


def forum(things) -> list[str]:
    """Every board and topic and every post, whether they may be known or not."""
    found = [reverse("forum:index"), *(reverse("forum:board", args=[slug]) for slug in ("ask-your-peers", "group"))]
    found += [reverse("forum:topic_bare", args=[post.topic_id]) for post in things.posts.values()]
    found += [reverse("forum:feed"), *(reverse("forum:board_feed", args=[one]) for one in ("ask-your-peers", "group"))]
    found += [reverse("forum:topic_feed", args=[post.topic_id]) for post in things.posts.values()]
    found += [reverse("portal:sitemap-section", args=[name]) for name in ("boards", "topics")]
    words = (COMMON, "post", "topic")  # which all of them have
    found += [reverse("forum:search") + query for query in ("", "?board=group", *(f"?q={word}" for word in words))]
    found += [reverse("forum:member", args=["achieng"]) + query for query in ("", "?show=topics")]
    found += [reverse("forum:unread", args=[post.topic_id]) for post in things.posts.values()]
    return found + [post.get_absolute_url() for post in things.posts.values()]


def without(things) -> set[int]:
    """Organisations whose very names, here, say that they had something: an accepted organisation is no secret."""
    return {things.initiatives[status].organisation_id for status in ("archived", "removed")}


def read(client, address: str) -> str:
    """The answer with what it redirects to, as text: head and body.

    Without the way back after signing in, which is the address that was asked for: whoever asked knows it.
    """
    response = client.get(address, follow=True)
    body = b"".join(response) if response.streaming else response.content
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    return unquote(head + text_of(body)).replace(f"{reverse('account_login')}?next={unquote(address)}", "")


def text_of(body: bytes) -> str:
    """What an answer says, unpacked."""
    if body.startswith(b"\x1f\x8b"):
        body = gzip.decompress(body)
    if body.startswith(b"\x89PNG"):
        return ""  # drawn from the SVG, which is read
    if body.startswith(b"PK"):
        with ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body.decode()


def crawl(client, *starts: str, limit: int = 300) -> dict[str, str]:
    """Every page that links lead to, filters apart, and what it says."""
    seen, waiting = {}, list(starts)
    while waiting and len(seen) < limit:
        address = waiting.pop(0)
        if address in seen or address.startswith(("/static/", "/admin/", "/accounts/logout")):
            continue
        text = seen[address] = read(client, address)
        waiting += [link for link in (*LINK.findall(text), *LOCATION.findall(text)) if "?" not in link]
    return seen


def leaks(pages: dict[str, str], *words: str) -> list[str]:
    """Where a word stands that must not, without the words of the address itself, which pages may repeat."""
    return [f"{word} in {address}" for address, text in pages.items() for word in words if word in text]


@pytest.mark.parametrize("person", OUTSIDERS)
def test_public_addresses_show_only_what_is_public(person, people, things):
    client = people.client(person)
    pages = {address: read(client, address) for address in addresses(things)}
    assert leaks(pages, HIDDEN, REMOVED, PRIVATE) == []
    assert leaks(pages, ARCHIVED) == []


@pytest.mark.parametrize("person", OUTSIDERS)
def test_nothing_that_links_lead_to_leaks(person, people, things):
    pages = crawl(people.client(person), "/", reverse("portal:sitemap"))
    assert reverse("initiatives:list") in pages and things.published.get_absolute_url() in pages
    assert leaks(pages, HIDDEN, REMOVED, PRIVATE) == []


def test_what_is_public_is_found_everywhere(people, things):
    """The tests above look where there is something to see."""
    visitor, address = people.client("visitor"), things.published.get_absolute_url()
    for page in (
        reverse("portal:home"),
        reverse("initiatives:list") + f"?q={COMMON}",
        reverse("countrymap:country", args=[COUNTRY_OF_SHOWN]),
        part_of_sitemap("initiatives", things.published),
        address,
    ):
        assert unquote(address) in read(visitor, page), page
    for text in ("title", "summary", "description", "partner", "results", "challenges", "lessons", "source", "file"):
        assert f"{SHOWN} {text}" in read(visitor, address), text


@pytest.mark.parametrize("format", ["csv", "xlsx", "json", "geojson"])
def test_files_say_what_is_public_and_nothing_else(format, people, things):
    address = reverse("initiatives:export", args=[format])
    text = read(people.client("visitor"), f"{address}?archived=1")
    for name in ("title", "summary", "description", "partner", "results", "challenges", "lessons", "source"):
        assert f"{SHOWN} {name}" in text, name
    assert f"{ARCHIVED} title" in text
    assert leaks({address: text}, HIDDEN, REMOVED, PRIVATE) == []


def test_api_says_what_is_public_and_nothing_else(people, things):
    client = people.client("visitor")
    texts = {address: read(client, address) for address in (f"{reverse('api:initiatives')}?archived=1",)}
    texts["one"] = read(client, reverse("api:initiative", args=[things.published.reference]))
    for text in texts.values():
        for name in ("title", "summary", "description", "partner", "results", "challenges", "lessons", "source"):
            assert f"{SHOWN} {name}" in text, name
    assert leaks(texts, HIDDEN, REMOVED, PRIVATE) == []


def test_dump_says_what_is_public_and_nothing_else(people, things, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    dumps.make()
    texts = {path.name: text_of(path.read_bytes()) for path in tmp_path.glob("dumps/*/*")}
    for name in ("initiatives.csv.gz", "initiatives.jsonl.gz"):
        assert f"{SHOWN} title" in texts[name]
    assert leaks(texts, ARCHIVED, HIDDEN, REMOVED, PRIVATE) == []


@pytest.mark.parametrize("person", OUTSIDERS)
def test_archived_is_shown_where_asked_for(person, people, things):
    client, archived = people.client(person), things.initiatives["archived"]
    assert f"{ARCHIVED} title" in read(client, archived.get_absolute_url())
    assert f"{ARCHIVED} title" in read(client, reverse("initiatives:list") + "?archived=1")


@pytest.mark.parametrize("person", OUTSIDERS)
def test_removed_leaves_a_notice_and_nothing_else(person, people, things):
    client, removed = people.client(person), things.initiatives["removed"]
    attachment = removed.attachments.get()
    file = reverse("initiatives:attachment", args=[removed.reference, attachment.pk, attachment.name])
    page = removed.get_absolute_url()
    in_api = reverse("api:initiative", args=[removed.reference])
    past = (f"{page}?version=1", f"{page}history/", f"{page}history/?from=1&to=1", in_api, f"{in_api}?version=1")
    for address in (page, reverse("initiatives:detail_bare", args=[removed.reference]), file, *past):
        response = client.get(address)
        assert response.status_code == 410
        assert "It was public by mistake." in response.text
        assert leaks({address: response.text}, REMOVED, PRIVATE) == []


def test_map_counts_only_what_is_public(people, things):
    """Two of one country are published; of the other one everything is hidden, archived or removed."""
    data = people.client("visitor").get(reverse("countrymap:data")).json()
    assert data["counts"] == {COUNTRY_OF_SHOWN: 2}
    assert data["totals"]["initiatives"] == 2


@pytest.mark.parametrize("person", OUTSIDERS)
@pytest.mark.parametrize("name", ["submission", "edit", "retract", "delete"])
def test_submission_does_not_exist_for_outsiders(person, name, people, things):
    client = people.client(person)
    for submission in things.hidden:
        address = reverse(f"initiatives:{name}", args=[submission.key])
        for response in [client.get(address), *([client.post(address)] if name != "submission" else [])]:
            assert response.status_code == (302 if person == "visitor" else 404), submission.status
            assert leaks({address: response.text}, HIDDEN, PRIVATE) == []


@pytest.mark.parametrize("person", OUTSIDERS)
def test_submission_that_was_approved_does_not_exist_for_outsiders(person, people, things):
    address = reverse("initiatives:submission", args=[things.submissions["approved"].key])
    assert people.client(person).get(address).status_code == (302 if person == "visitor" else 404)


@pytest.mark.parametrize("person", OUTSIDERS)
def test_attachments_of_submissions_are_out_of_reach(person, people, things):
    """By the contributor's address, by the address of a public initiative, by the file's own."""
    client, public = people.client(person), things.published
    for file in SubmissionAttachment.objects.filter(submission__in=[row.pk for row in things.hidden]):
        own = reverse("initiatives:submission_attachment", args=[file.submission.key, file.pk, file.name])
        assert client.get(own).status_code == (302 if person == "visitor" else 404)
        if not InitiativeAttachment.objects.filter(pk=file.pk, initiative=public).exists():
            assert (
                client.get(reverse("initiatives:attachment", args=[public.reference, file.pk, file.name])).status_code
                == 404
            )
        for folder in ("media", "static", "var/media"):
            assert client.get(f"/{folder}/{file.file.name}").status_code == 404


def test_private_fields_are_in_no_mail(things):
    assert things.letters
    texts = {letter.subject: letter.body + letter.subject for letter in things.letters}
    assert leaks(texts, f"{PRIVATE} ", f"{PRIVATE}@") == []


def test_mails_about_a_submission_go_to_its_author_alone(people, things):
    about = [letter for letter in things.letters if COMMON in letter.body + letter.subject]
    assert about
    assert {address for letter in about for address in letter.recipients()} == {people.author.email}


@pytest.mark.parametrize("person", ["colleague", "moderator"])
def test_contributors_particulars_are_not_on_public_pages_for_anyone(person, people, things):
    text = read(people.client(person), things.published.get_absolute_url())
    assert f"{SHOWN} title" in text
    assert PRIVATE not in text


def test_every_status_of_a_submission_was_looked_at(things):
    statuses = set(Submission.objects.values_list("status", flat=True))
    assert statuses == {status for status, _label in Submission.Status.choices}
