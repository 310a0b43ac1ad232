"""Hostile strings and files through the form: no crash, nothing that could run, bad files refused in words."""

import itertools
import tarfile
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from common.tests.hostile import FILE, payloads
from initiatives.models import Submission
from initiatives.tests.typed import NEW, typed
from tests.factories import UserFactory, make_draft

pytestmark = pytest.mark.django_db
UPLOADS = FILE.with_name("hostile_uploads.tar.gz")
TEXTS = (
    *"title summary description partners tags results challenges lessons contact_point follows".split(),
    *"organisation_name contributor_name contributor_role contributor_email starts_year key".split(),
    *"language countries theme measure_types sdgs region end_kind organisation organisation_country".split(),
    *(f"sources-{place}-{name}" for place in range(5) for name in ("url", "title", "issuing_body", "kind")),
)
KEPT = (
    *"title summary description partners tags results challenges lessons organisation_name contributor_name".split(),
    *(f"sources-{place}-{name}" for place in range(5) for name in ("title", "issuing_body")),
)
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href")
# Pictures that are only malformed, or carry scripts in their metadata, are written anew; this PDF is only untidy.
HARMLESS = {
    "ok__hopper.png",
    "img__hopper_bad_exif.jpg",
    "img__photoshop-200dpi-broken.jpg",
    "img__sugarshack_bad_mpo_header.jpg",
    "img__truncated_exif_dpi.jpg",
    "xss__payload_in_all_known_metadata.jpg",
    "img__duplicate_xref_entry.pdf",
}


SCRIPTS = {f"{settings.STATIC_URL}js/{name}.js" for name in ("site", "typed")}


class Inspector(HTMLParser):
    """Notes whatever in a page could run, load or lead elsewhere than to the web."""

    LOADS = ("script", "iframe", "object", "embed", "base", "style", "meta")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.findings: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes) -> None:
        values = {name: value or "" for name, value in attributes}
        allowed = (tag == "script" and values.get("src") in SCRIPTS) or (tag == "meta" and "http-equiv" not in values)
        if tag in self.LOADS and not allowed:
            self.findings.append(f"<{tag} {values}>")
        for name, value in values.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.findings.append(f"{tag} {name}={value}")
            scheme = value.strip().lower().partition(":")[0]
            if name in ADDRESSES and scheme not in ("http", "https", "mailto") and urlsplit(value.strip()).scheme:
                self.findings.append(f"{tag} {name}={value}")


def batches(texts: list[str], size: int):
    texts = iter(texts)
    while batch := list(itertools.islice(texts, size)):
        yield batch


def test_hostile_strings_do_not_run_and_break_nothing(client, author):
    for batch in batches(payloads(), len(TEXTS)):
        sent = typed(action="send", **dict(zip(TEXTS, batch, strict=False)))
        answer = client.post(NEW, sent)
        assert answer.status_code == 200, batch
        assert Inspector(answer.text).findings == []
    assert not Submission.objects.exclude(status="draft").exists()


def test_hostile_strings_that_are_kept_do_not_run(client, author):
    sources = {f"sources-{place}-url": f"https://a.example/{place}" for place in range(5)}
    hostile = payloads("xss", "xss_event_handler_name", "markdown_xss", "html_sanitizer_pair", "naughty_string")
    for batch in batches(hostile, len(KEPT)):
        cut = {name: text[:45] if name == "tags" else text[:145] for name, text in zip(KEPT, batch, strict=False)}
        client.post(NEW, typed(action="save", **sources, **cut))
    drafts = Submission.objects.all()
    assert drafts.count() >= len(hostile) // len(KEPT)
    for draft in drafts:
        for path in ("", "edit/"):
            page = client.get(f"/my/submissions/{draft.key}/{path}")
            assert page.status_code == 200 and Inspector(page.text).findings == []
    assert Inspector(client.get("/my/").text).findings == []


def test_inspector_sees_what_it_should():
    for page in ("<script>x</script>", "<a href=' JavaScript:x'>", "<p onclick=x>", "<iframe src=/x>", "<p style=x>"):
        assert Inspector(page).findings, page
    assert Inspector('<a href="https://a.example/">a</a><a href="/x?y=a:b">').findings == []


@pytest.mark.browser
def test_hostile_strings_run_in_no_browser(new_page, live_server):
    user, texts = UserFactory(), payloads("xss", "markdown_xss")
    draft = make_draft(by=user, title=texts[0][:150], description="\n\n".join(texts)[:8000], summary=texts[1][:1200])
    page = new_page()
    sign_in(page, user, live_server.url)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    for path in ("", "edit/", "delete/"):
        page.goto(f"/my/submissions/{draft.key}/{path}")
        assert page.get_by_role("heading", level=1).count() == 1


def sign_in(page, user, home: str) -> None:
    from django.test import Client

    visitor = Client()
    visitor.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": visitor.cookies[name].value, "url": home}])


def hostile_files() -> dict[str, bytes]:
    if not UPLOADS.exists():
        pytest.skip(f"not tested: {UPLOADS.name} is not beside the repository ({UPLOADS})")
    with tarfile.open(UPLOADS) as packed:
        members = [member for member in packed if member.isfile() and not member.name.endswith("MANIFEST.csv")]
        return {member.name.rpartition("/")[2]: packed.extractfile(member).read() for member in members}


def test_bad_files_are_refused_and_harmless_ones_kept(client, author):
    kept = set()
    for name, content in hostile_files().items():
        draft = make_draft(by=author)
        files = [{"file": SimpleUploadedFile(name, content)}]
        answer = client.post(f"/my/submissions/{draft.key}/edit/", typed(action="save", files=files))
        if draft.attachments.exists():
            assert answer.status_code == 302
            kept.add(name)
        else:
            assert "errorlist" in answer.text and name in answer.text
            assert Inspector(answer.text).findings == []
    assert kept == HARMLESS


def test_no_script_is_left_in_a_kept_picture(client, author):
    name = "xss__payload_in_all_known_metadata.jpg"
    draft = make_draft(by=author)
    files = [{"file": SimpleUploadedFile(name, hostile_files()[name])}]
    client.post(f"/my/submissions/{draft.key}/edit/", typed(action="save", files=files))
    kept = draft.attachments.get()
    answer = client.get(f"/my/submissions/{draft.key}/files/{kept.pk}/{kept.name}")
    assert b"script" not in b"".join(answer.streaming_content).lower()


@pytest.mark.parametrize("name", ["x.php.png", "../../x.png", "x.png\x00.php", "x\r\nX-Evil: 1.png", "x.svg.png"])
def test_misleading_names_of_a_sound_picture(client, author, name):
    draft = make_draft(by=author)
    files = [{"file": SimpleUploadedFile("x.png", hostile_files()["ok__hopper.png"])}]
    files[0]["file"]._name = name
    client.post(f"/my/submissions/{draft.key}/edit/", typed(action="save", files=files))
    for kept in draft.attachments.all():
        assert "/" not in kept.name and kept.name.isprintable() and kept.kind == "png"
        assert client.get(f"/my/submissions/{draft.key}/files/{kept.pk}/{kept.name}")["Content-Type"] == "image/png"
