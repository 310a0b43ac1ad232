"""Saving while somebody types: quietly, and never over a newer text."""

import pytest
from django.test import Client

from initiatives.models import Submission
from initiatives.tests.typed import NEW, address, csv, typed
from tests.factories import make_draft

pytestmark = pytest.mark.django_db

KEY = "7b2b1d84-5b8f-4a5c-9d0e-0a1b2c3d4e5f"


def autosave(client, where=NEW, **changes):
    return client.post(where, typed(action="autosave", **{"key": KEY, "revision": "0", **changes}))


def test_first_autosave_makes_the_draft_under_its_key(client, author):
    answer = autosave(client).json()
    draft = Submission.objects.get()
    assert (str(draft.key), draft.status) == (KEY, "draft")
    assert (answer["address"], answer["revision"]) == (address(draft, "edit"), 1)
    assert answer["goes_on"] and answer["complete"] and "Saved at <time" in answer["saved"]


def test_autosave_goes_on_from_its_own_revision(client, author):
    first = autosave(client).json()
    second = autosave(client, first["address"], title="More", revision=str(first["revision"])).json()
    assert second["revision"] == 2 and Submission.objects.get().title == "More"
    assert not Submission.objects.get().revisions.exists()


def test_autosave_over_a_newer_text_says_so_and_keeps_what_was_typed(client, author):
    draft = make_draft(by=author)
    answer = autosave(client, address(draft, "edit"), title="Too late").json()
    assert not answer["goes_on"] and "in another window" in answer["saved"]
    assert draft.revisions.get().content["title"] == "Too late"
    autosave(client, address(draft, "edit"), title="Too late")
    assert draft.revisions.count() == 1


def test_autosave_of_half_an_answer_says_what_is_not_saved(client, author):
    answer = autosave(client, title="x" * 151).json()
    assert answer["goes_on"] and not answer["complete"] and "what is not right yet" in answer["saved"]


def test_autosave_takes_no_file_away(client, author):
    draft = make_draft(by=author)
    client.post(address(draft, "edit"), typed(action="save", files=[{"file": csv()}]))
    draft.refresh_from_db()
    kept = draft.attachments.get()
    autosave(client, address(draft, "edit"), revision=str(draft.revision), remove_file=[str(kept.pk)])
    assert draft.attachments.exists()


def test_autosave_of_what_was_sent_meanwhile_stops(client, author):
    draft = make_draft(by=author)
    client.post(address(draft, "edit"), typed(action="send"))
    answer = autosave(client, address(draft, "edit")).json()
    assert not answer["goes_on"] and "Waiting for a moderator" in answer["saved"]


def test_autosave_has_a_limit_of_its_own(client, author, settings):
    settings.ACCOUNT_RATE_LIMITS = {"contribute": "1/m/user", "autosave": "2/m/user"}
    assert [autosave(client, revision=None).status_code for _time in range(3)] == [200, 200, 429]
    assert client.post(NEW, typed(action="save", key=KEY)).status_code == 302


def test_autosave_wants_the_token(author):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    assert autosave(client).status_code == 403


def test_kept_file_gets_another_title(client, author):
    draft = make_draft(by=author)
    client.post(address(draft, "edit"), typed(action="save", files=[{"file": csv(), "title": "Old"}]))
    kept = draft.attachments.get()
    client.post(address(draft, "edit"), typed(action="save", **{f"kept_title_{kept.pk}": "  Coverage\x00 table  "}))
    assert draft.attachments.get().title == "Coverage table"


def test_good_files_are_kept_beside_a_bad_one_and_a_wrong_answer(client, author):
    files = [{"file": csv("1.csv", b"a,1\n")}, {"file": csv("2.svg", b"<svg/>")}, {"file": csv("3.csv", b"c,3\n")}]
    page = client.post(NEW, typed(action="send", title="", files=files))
    assert [row.name for row in Submission.objects.get().attachments.all()] == ["1.csv", "3.csv"]
    assert "1.csv" in page.text and "3.csv" in page.text and "2.svg” is not of a type" in page.text
