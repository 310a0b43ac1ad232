import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from pyroaring import BitMap

from common.tests.hostile import payloads
from initiatives import finding
from initiatives.addresses import initiative_url
from initiatives.models import Initiative, InitiativeAttachment, InitiativeSource
from initiatives.related import near
from tests.factories import OrganisationFactory, make_initiative

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(response.content.decode().split())


def show(client, initiative) -> str:
    response = client.get(initiative.get_absolute_url())
    assert response.status_code == 200
    return text(response)


def attach(initiative, name="Notice 238 – é.pdf", kind="pdf", data=b"%PDF-1.7 x") -> InitiativeAttachment:
    attachment = InitiativeAttachment(initiative=initiative, name=name, kind=kind, size=len(data), sha256="0" * 64)
    attachment.file.save(f"stored.{kind}", ContentFile(data))
    return attachment


def file_url(attachment) -> str:
    return f"/initiatives/{attachment.initiative.reference}/files/{attachment.pk}/{attachment.name}"


# state of the log; discussions, for the state of the page; itself with all that other tables say of it; discussions;
# news of the log, the related
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_what_is_shown(client, django_assert_num_queries, rows):
    countries = ["KE", "UG", "TZ", "RW"][: rows + 1]
    source = {"url": "https://regulator.example/", "title": "Source"}
    initiative = make_initiative(
        countries=countries, scope="multi_country", sources=[source] * rows, tag_names=["a", "b", "c"][:rows]
    )
    for _ in range(rows):
        attach(initiative)
        make_initiative(follows_id=initiative.pk)
        make_initiative()
    finding.current()
    with django_assert_num_queries(5):
        show(client, initiative)
    with django_assert_num_queries(3):  # followers and related are kept
        show(client, initiative)


@pytest.mark.parametrize("tail", ["", "wrong/", "WRONG-SLUG/"])
def test_other_addresses_lead_to_the_one(client, tail):
    initiative = make_initiative()
    for reference in (initiative.reference, initiative.reference.lower()):
        response = client.get(f"/initiatives/{reference}/{tail}?version=1")
        assert (response.status_code, response["Location"]) == (301, initiative.get_absolute_url() + "?version=1")


def test_a_lower_case_reference_with_the_right_slug_leads_to_the_one(client):
    initiative = make_initiative()
    response = client.get(initiative.get_absolute_url().replace("INI", "ini"))
    assert (response.status_code, response["Location"]) == (301, initiative.get_absolute_url())


def test_an_arabic_address_is_shown_and_not_redirected(client):
    show(client, make_initiative(title="تخصيص الطيف", language="ar"))


@pytest.mark.parametrize("path", ["INI-2026-999999/x/", "INI-2026-1/", "INI-2026-000000/"])
def test_what_never_was_is_not_found(client, path):
    assert client.get(f"/initiatives/{path}").status_code == 404


def test_a_removed_one_leaves_a_notice_and_nothing_else(client):
    initiative = make_initiative(title="Very private title", summary="Very private summary " * 4)
    attachment = attach(initiative)
    Initiative.objects.filter(pk=initiative.pk).update(status="removed", removal_notice="Sent by mistake.")
    for address in (initiative.get_absolute_url(), f"/initiatives/{initiative.reference}/x/", file_url(attachment)):
        response = client.get(address)
        assert response.status_code == 410
        assert "Sent by mistake." in text(response)
        assert "private" not in text(response)


def test_an_archived_one_stays_and_says_so(client):
    initiative = make_initiative()
    Initiative.objects.filter(pk=initiative.pk).update(status="archived")
    page = show(client, initiative)
    assert "Archived: kept for the record" in page
    assert "noindex" in page


def test_every_public_field_is_shown(client):
    earlier = make_initiative(title="The earlier one")
    organisation = OrganisationFactory(name="Authority", short_name="CA", verified_at=timezone.now())
    initiative = make_initiative(
        organisation=organisation,
        description="Bold **words**",
        partners=["Operator A"],
        further_themes=["digital_inclusion"],
        target_groups=["students_teachers"],
        technologies=["mobile"],
        sdgs=[4],
        results="Good results",
        challenges="Hard challenges",
        lessons="Learned lessons",
        tag_names=["towers"],
        contact_point="spectrum@authority.example",
        follows_id=earlier.pk,
        starts_on="2020-03-01",
        starts_precision="month",
        sources=[
            {"url": "https://gazette.example/", "title": "Gazette", "issuing_body": "Press", "kind": "official_gazette"}
        ],
    )
    page = show(client, initiative)
    for words in (
        "<strong>words</strong>",
        "<bdi>Authority</bdi></a> (<bdi>CA</bdi>)",
        '<span class="verified">verified</span> regulator',
        "Issuing body",
        "Operator A",
        '<a href="/countries/KE/">Kenya</a>',
        "Spectrum</a>",
        "Digital inclusion and accessible ICT</a>",
        "Temporary assignment",
        "Regulation or decision",
        "Mandatory",
        "Emergency response",
        "Students and teachers",
        "Mobile networks",
        "4 Quality education",
        'from <time datetime="2020-03">March 2020</time>, open-ended',
        "In force</a>",
        "Good results",
        "Hard challenges",
        "Learned lessons",
        "towers</a>",
        '<a href="mailto:spectrum@authority.example" rel="nofollow">',
        '<a href="https://gazette.example/" rel="nofollow noopener" dir="auto">Gazette</a>',
        "<p><bdi>Press</bdi> · official gazette</p>",
        "The earlier one</a>",
        "REG4COVID</a>",
        f"{initiative.reference}, version 1, <time",
        f"http://testserver/initiatives/{initiative.reference}/?version=1</bdi>",
        f'href="/initiatives/{initiative.reference}/correct/"',
    ):
        assert words in page, words


def test_what_is_not_stated_says_so_and_what_is_blank_says_nothing(client):
    initiative = make_initiative()
    Initiative.objects.filter(pk=initiative.pk).update(instrument="not_stated", compliance="")
    page = show(client, initiative)
    assert "<dt>Instrument</dt><dd>Not stated</dd>" in page
    assert "<dt>Compliance</dt>" not in page


def test_the_contributor_is_in_no_page(client):
    initiative = make_initiative()
    page = show(client, initiative) + text(client.get("/initiatives/"))
    for private in ("Private Name", "Private Role", "private.contributor@example.org"):
        assert private not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end_kind": "not_announced", "confirmed_on": None}, "Status not known, last confirmed <time"),
        ({"mark": "confirmed"}, 'mark--confirmed" href="/about/#mark-confirmed">Confirmed by the issuing body'),
        ({"mark": "contested"}, 'mark--negative" href="/about/#mark-contested">Contested'),
        ({"author_is_confirmed": False}, "Not confirmed by the issuing body"),
        ({"origin": "launch", "mark": "not_checked"}, "Compiled from public sources, not yet checked."),
        ({"starts_on": None}, "start not known, open-ended"),
        ({"declared_status": "revoked", "declared_on": "2021-05-01"}, "Revoked: <time"),
    ],
)
def test_marks_are_in_words(client, changes, words):
    initiative = make_initiative()
    Initiative.objects.filter(pk=initiative.pk).update(**changes)
    assert words in show(client, initiative)


def test_compiled_ones_are_not_said_to_lack_their_authors_confirmation(client):
    initiative = make_initiative()
    Initiative.objects.filter(pk=initiative.pk).update(origin="launch")
    assert "Not confirmed by the issuing body" not in show(client, initiative)


def test_followers_and_relatives_are_named_once_and_only_while_public(client):
    initiative = make_initiative(title="The first")
    make_initiative(title="A follower", follows_id=initiative.pk)
    make_initiative(title="A relative")
    gone = make_initiative(title="A removed one", follows_id=initiative.pk)
    Initiative.objects.filter(pk=gone.pk).update(status="removed")
    page = show(client, initiative)
    assert page.count("A follower") == page.count("A relative") == 1
    assert "A removed one" not in page
    Initiative.objects.filter(pk=initiative.pk).update(status="removed")
    assert "The first" not in show(client, Initiative.objects.get(title="A follower"))


def test_relatives_of_its_theme_come_first_and_are_five_at_most():
    initiative = make_initiative(theme="spectrum")
    same = make_initiative(theme="spectrum")
    for _ in range(5):
        make_initiative(theme="digital_inclusion", measure_types=[])
    related = near(finding.current(), initiative, BitMap([initiative.pk]))
    assert len(related) == 5
    assert related[0] == same.pk


def test_no_source_leads_anywhere_but_to_the_web(client):
    initiative = make_initiative()
    InitiativeSource.objects.filter(initiative=initiative).update(url="javascript:alert(1)", title="A source")
    page = show(client, initiative)
    assert "<bdi>A source</bdi>" in page
    assert "javascript:" not in page


def test_hostile_text_in_any_field_is_shown_as_text(client):
    initiative = make_initiative(tag_names=["x"])
    fields = ("summary", "description", "results", "challenges", "lessons", "contact_point")
    for payload in payloads("xss", "markdown_xss", "html_sanitizer_pair")[::25]:
        shown = payload.replace("\x00", "")
        Initiative.objects.filter(pk=initiative.pk).update(
            title=shown[:150], partners=[shown[:200]], **dict.fromkeys(fields, shown)
        )
        page = client.get(initiative.get_absolute_url()).content.decode()
        main = page[page.index("<main") :]
        assert not any(
            sign in main.lower() for sign in ("<script", "<img", "<svg/", "<iframe", "<input", "<body", "<a on")
        )


def test_a_visitor_gets_no_cookie(client):
    response = client.get(make_initiative().get_absolute_url())
    assert not response.cookies
    assert "Cookie" in response["Vary"]


def test_a_file_is_saved_and_not_run(client):
    response = client.get(file_url(attach(make_initiative())))
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.7 x"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Notice%20238%20%E2%80%93%20%C3%A9.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_page_lists_files_with_type_and_size(client):
    attachment = attach(make_initiative(), data=b"%PDF" + b"x" * 2044)
    assert "<p>PDF, 2.0\xa0KB</p>" in client.get(attachment.initiative.get_absolute_url()).content.decode()
    assert "files/" in show(client, attachment.initiative)


def test_a_file_under_another_name_leads_to_its_own(client):
    attachment = attach(make_initiative(), name="notice.pdf")
    response = client.get(file_url(attachment).replace("notice.pdf", "evil.html"))
    assert (response.status_code, response["Location"]) == (301, file_url(attachment))


def test_a_file_of_another_initiative_is_not_found(client):
    attachment, other = attach(make_initiative()), make_initiative()
    address = file_url(attachment).replace(attachment.initiative.reference, other.reference)
    assert client.get(address).status_code == 404


def test_a_file_that_is_lost_is_not_found(client):
    attachment = attach(make_initiative())
    attachment.file.storage.delete(attachment.file.name)
    assert client.get(file_url(attachment)).status_code == 404


@pytest.mark.parametrize("slug", ["a-measure", "قياس", "措施"])
def test_address_is_the_one_that_django_would_make(slug):
    made = reverse("initiatives:detail", args=["INI-2026-000123", slug])
    assert initiative_url("INI-2026-000123", slug) == made
