"""Drafts that nobody touches: a warning after eleven months, an end after twelve."""

import datetime

import pytest
from django.utils import timezone

from initiatives.jobs.drafts import clear_away_old_drafts
from initiatives.models import Submission, SubmissionAttachment
from initiatives.services import add_attachment, save_draft
from initiatives.tests.typed import csv
from moderation.services import transition
from tests.factories import UserFactory, make_draft

pytestmark = pytest.mark.django_db


def age(draft: Submission, days: int, *, warned: int | None = None) -> Submission:
    """Make the draft look untouched for `days`, and its author told `warned` days ago."""
    now = timezone.now()
    warned_at = None if warned is None else now - datetime.timedelta(days=warned)
    rows = Submission.objects.filter(pk=draft.pk)
    rows.update(updated_at=now - datetime.timedelta(days=days), warned_at=warned_at)
    return rows.get()


def is_there(draft: Submission) -> bool:
    return Submission.objects.filter(pk=draft.pk).exists()


def test_old_draft_is_told_of_once_with_its_day(mailoutbox):
    draft = age(make_draft(title="Forgotten measure"), 336)
    assert clear_away_old_drafts() == "1 told of, 0 deleted"
    assert clear_away_old_drafts() == "0 told of, 0 deleted"
    (letter,) = mailoutbox
    last_day = timezone.now() + datetime.timedelta(days=30)
    assert letter.to == [draft.author.email] and "Forgotten measure" in letter.subject
    assert f"/my/submissions/{draft.key}/edit/" in letter.body
    assert f"{last_day.day} {last_day:%B %Y}" in letter.body
    assert is_there(draft)


def test_warning_does_not_make_the_draft_look_fresh():
    draft = age(make_draft(), 336)
    clear_away_old_drafts()
    assert Submission.objects.get(pk=draft.pk).updated_at == draft.updated_at


@pytest.mark.parametrize(
    ("days", "warned", "stays"), [(366, 31, False), (366, 29, True), (364, 31, True), (400, None, True)]
)
def test_draft_is_deleted_after_a_year_and_thirty_days_of_notice(days, warned, stays):
    draft = age(make_draft(), days, warned=warned)
    clear_away_old_drafts()
    assert is_there(draft) is stays


def test_files_go_with_the_draft(django_capture_on_commit_callbacks):
    draft = make_draft()
    file = add_attachment(draft, csv(), by=draft.author).file
    age(draft, 366, warned=31)
    with django_capture_on_commit_callbacks(execute=True):
        clear_away_old_drafts()
    assert not SubmissionAttachment.objects.exists() and not file.storage.exists(file.name)


def test_save_makes_the_draft_fresh_again():
    draft = age(make_draft(), 366, warned=31)
    save_draft(draft, by=draft.author, values={})
    assert clear_away_old_drafts() == "0 told of, 0 deleted"
    assert Submission.objects.get(pk=draft.pk).warned_at is None


def test_what_was_sent_once_is_never_touched():
    draft = make_draft()
    transition(draft, "submit", by=draft.author)
    transition(draft, "retract", by=draft.author)
    age(draft, 800, warned=100)
    clear_away_old_drafts()
    assert is_there(draft)


def test_what_machines_brought_is_never_touched(mailoutbox):
    age(make_draft(origin="import", source_dataset="x", source_id="1"), 800, warned=100)
    age(make_draft(by=UserFactory(is_system=True)), 800)
    assert clear_away_old_drafts() == "0 told of, 0 deleted" and mailoutbox == []


def test_nobody_is_mailed_who_has_left(mailoutbox):
    draft = age(make_draft(by=UserFactory(is_active=False)), 336)
    clear_away_old_drafts()
    assert mailoutbox == [] and Submission.objects.get(pk=draft.pk).warned_at
