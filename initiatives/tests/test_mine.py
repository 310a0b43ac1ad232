"""The contributor's pages: who may open them, where a submission stands, what to do next."""

import uuid

import pytest
from django.test import Client

from initiatives.models import Submission
from initiatives.services import add_attachment
from initiatives.tests.typed import NEW, address, csv, typed
from moderation.services import transition
from tests.factories import (
    ModeratorFactory,
    OrganisationFactory,
    UserFactory,
    confirm,
    make_draft,
    make_initiative,
    make_submission,
)

pytestmark = pytest.mark.django_db


# Who may


@pytest.mark.parametrize("path", [NEW, "/initiatives/INI-2026-000001/correct/", f"/my/submissions/{uuid.UUID(int=1)}/"])
def test_visitor_is_asked_to_sign_in(client, path):
    answer = client.get(path)
    assert answer.status_code == 302 and answer["Location"] == f"/accounts/login/?next={path}"


def test_person_without_confirmed_email_is_told_so(client):
    client.force_login(UserFactory(confirmed=False))
    answer = client.post(NEW, {"action": "save"})
    assert answer.status_code == 403 and "Confirm your e-mail" in answer.text
    assert not Submission.objects.exists()


PAGES = [[], ["edit"], ["retract"], ["delete"]]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_stranger_finds_nothing(client, author, page):
    other = make_draft()
    assert client.get(address(other, *page)).status_code == 404
    assert client.post(address(other, *page), typed(action="send")).status_code in (404, 405)


@pytest.mark.parametrize(("page", "status"), [([], 200), (["edit"], 403), (["retract"], 403), (["delete"], 403)])
def test_moderator_sees_what_was_sent_and_changes_nothing(client, page, status):
    submission = make_submission()
    client.force_login(ModeratorFactory())
    assert client.get(address(submission, *page)).status_code == status


def test_moderator_does_not_see_drafts(client):
    client.force_login(ModeratorFactory())
    assert client.get(address(make_draft())).status_code == 404


def test_confirmed_colleague_goes_on(client, author):
    organisation, other = OrganisationFactory(), UserFactory()
    draft = make_draft(by=other, organisation=organisation)
    for person in (author, other):
        confirm(person, organisation)
    client.post(
        address(draft, "edit"),
        typed(action="save", summary="From a colleague", organisation=organisation.pk, organisation_name=""),
    )
    draft.refresh_from_db()
    assert draft.summary == "From a colleague" and draft.author == other


def test_what_was_sent_cannot_be_edited(client, author):
    submission = make_submission(by=author)
    assert client.get(address(submission, "edit"))["Location"] == address(submission)
    assert client.post(address(submission, "edit"), typed())["Location"] == address(submission, "texts")
    assert Submission.objects.get().title == submission.title


def test_csrf_is_checked():
    strict, user = Client(enforce_csrf_checks=True), UserFactory()
    strict.force_login(user)
    assert strict.post(NEW, {"action": "save"}).status_code == 403


# Corrections


def test_correction_begins_with_the_public_text(client, author):
    initiative = make_initiative()
    path = f"/initiatives/{initiative.reference}/correct/"
    assert client.get(path).status_code == 200 and Submission.objects.count() == 1
    first, second = client.post(path), client.post(path)
    draft = Submission.objects.get(status="draft")
    assert first["Location"] == second["Location"] == address(draft, "edit")
    assert initiative.title in client.get(first["Location"]).text
    assert (draft.initiative, draft.author) == (initiative, author)


def test_removed_initiative_cannot_be_corrected(client, author):
    initiative = make_initiative()
    transition(initiative, "remove", by=ModeratorFactory(), public_reason="wrong")
    assert client.post(f"/initiatives/{initiative.reference}/correct/").status_code == 410


# Where it stands


def test_reason_is_shown_but_neither_the_note_nor_the_moderator(client, author):
    submission = make_submission(by=author)
    moderator = ModeratorFactory(name="Amina Secret")
    transition(submission, "claim", by=moderator)
    transition(submission, "request_changes", by=moderator, public_reason="Name the law.", private_note="seems odd")
    for page in (client.get(address(submission)).text, client.get(address(submission, "edit")).text):
        assert "Name the law." in page
        assert "Amina Secret" not in page and "seems odd" not in page
    assert "by <bdi>a moderator</bdi>" in client.get(address(submission)).text


def test_sent_again_after_changes(client, author):
    submission = make_submission(by=author)
    transition(submission, "request_changes", by=ModeratorFactory(), public_reason="Name the law.")
    client.post(address(submission, "edit"), typed(action="send"))
    submission.refresh_from_db()
    assert submission.status == "submitted"
    assert submission.title == "Temporary spectrum for all mobile operators"


def test_every_standing_has_a_page(client, author):
    moderator = ModeratorFactory()
    for move in ("approve", "request_changes", "reject", "mark_as_spam", "retract", "claim"):
        submission = make_submission(by=author)
        by = author if move == "retract" else moderator
        transition(submission, move, by=by, public_reason="because")
        page = client.get(address(submission))
        assert page.status_code == 200 and page.context["standing"].words
    approved = Submission.objects.get(status="approved")
    assert approved.initiative.get_absolute_url() in client.get(address(approved)).text
    assert client.get("/my/").status_code == 200


def test_private_fields_stand_only_in_the_form(client, author):
    submission = make_submission(by=author)
    assert "private.contributor@example.org" not in client.get(address(submission)).text


def test_retract_asks_first(client, author):
    submission = make_submission(by=author)
    assert client.get(address(submission, "retract")).status_code == 200
    submission.refresh_from_db()
    assert submission.status == "submitted"
    client.post(address(submission, "retract"))
    submission.refresh_from_db()
    assert submission.status == "retracted"


def test_retract_too_late_says_who_was_faster(client, author):
    submission = make_submission(by=author)
    transition(submission, "approve", by=ModeratorFactory())
    answer = client.post(address(submission, "retract"), follow=True)
    assert "Not possible any more" in answer.text


def test_draft_is_deleted_with_its_files(client, author, django_capture_on_commit_callbacks):
    draft = make_draft(by=author)
    kept = add_attachment(draft, csv(), by=author)
    storage, name = kept.file.storage, kept.file.name
    assert client.get(address(draft, "delete")).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address(draft, "delete"))["Location"] == "/my/"
    assert not Submission.objects.exists() and not storage.exists(name)


def test_what_was_sent_is_not_deleted(client, author):
    submission = make_submission(by=author)
    client.post(address(submission, "delete"))
    assert Submission.objects.filter(pk=submission.pk).exists()


def test_row_of_my_page_links_on(client, author):
    draft = make_draft(by=author, title="")
    page = client.get("/my/").text
    assert "Untitled draft" in page and address(draft, "edit") in page


def test_contributions_beyond_what_anybody_types_are_slowed_down(client, author, settings):
    settings.ACCOUNT_RATE_LIMITS = {"contribute": "2/m/user"}
    client.force_login(author)
    answers = [client.post("/initiatives/new/", {"action": "save"}).status_code for _ in range(3)]
    assert answers[2] == 429 and 429 not in answers[:2]
