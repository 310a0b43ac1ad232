"""The letters about a submission: what is said, to whom, when, and the preview of them."""

import pytest
from django.urls import reverse

from initiatives.models import Submission
from initiatives.services import edit_as_staff, save_draft, start_correction
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
PERSON = {"contributor_name": "A", "contributor_role": "B", "contributor_email": "a@example.org"}


@pytest.fixture
def boris():
    return ModeratorFactory(name="Boris Zqmoderator")


def correction(by) -> Submission:
    """A correction that waits."""
    draft = start_correction(make_initiative(by=by), by=by)
    values = {"title": "Spectrum for all", "consent_at": "2026-01-01T00:00Z", **PERSON}
    submission = save_draft(draft, by=by, values=values)
    transition(submission, "submit", by=by)
    return submission


def text(letter) -> str:
    return f"{letter.subject}\n{letter.body}"


@pytest.mark.parametrize(
    ("move", "words"),
    [
        ("retract", "is taken back"),
        ("approve", "is published"),
        ("request_changes", "Please change"),
        ("reject", "was not accepted"),
    ],
)
def test_each_change_is_told_with_the_private_link(mailoutbox, boris, move, words):
    submission = make_submission(title="Spectrum for Kenya")
    mailoutbox.clear()
    by = submission.author if move == "retract" else boris
    transition(submission, move, by=by, public_reason="Name the band.", private_note="zqnote")
    (letter,) = mailoutbox
    assert letter.to == [submission.author.email] and words in letter.subject and "Spectrum for Kenya" in letter.subject
    assert reverse("initiatives:submission", args=[submission.key]) in letter.body
    assert "Zqmoderator" not in text(letter) and "zqnote" not in text(letter)
    assert ("Name the band." in letter.body) == (move != "retract")


def test_receipt_says_what_happens_next(mailoutbox):
    submission = make_submission()
    (letter,) = mailoutbox
    assert "We have received" in letter.subject and "We write to you when it is decided." in letter.body
    assert reverse("initiatives:submission", args=[submission.key]) in letter.body


def test_receipt_of_changed_text_thanks_for_the_changes(mailoutbox, boris):
    submission = make_submission()
    transition(submission, "request_changes", by=boris, public_reason="Name the band.")
    mailoutbox.clear()
    transition(submission, "submit", by=submission.author)
    assert "Thank you for the changes." in mailoutbox[0].body


def test_spam_and_the_moderators_own_affairs_are_told_to_nobody(mailoutbox, boris):
    submission = make_submission()
    mailoutbox.clear()
    for move in ("claim", "release", "mark_as_spam"):
        transition(submission, move, by=boris)
    assert mailoutbox == []


def test_correction_has_words_of_its_own(mailoutbox, boris):
    author = UserFactory()
    submission = correction(author)
    assert "your correction" in mailoutbox[-1].subject and "The public text stays as it is" in mailoutbox[-1].body
    transition(submission, "approve", by=boris)
    assert "Your correction is public" in mailoutbox[-1].subject
    assert submission.initiative.get_absolute_url() in mailoutbox[-1].body


@pytest.mark.parametrize("move", ["request_changes", "reject"])
def test_correction_that_is_not_public_says_that_the_public_text_stays(mailoutbox, boris, move):
    submission = correction(UserFactory())
    transition(submission, move, by=boris, public_reason="no source")
    assert "The public text stays as it is" in mailoutbox[-1].body


def test_first_publication_is_no_correction(mailoutbox):
    make_initiative(title="Spectrum for Kenya")
    assert mailoutbox[-1].subject == "“Spectrum for Kenya” is published"


def test_edits_of_the_secretariat_are_listed(mailoutbox, boris):
    submission = make_submission()
    sources = [{"url": "https://regulator.example/decision", "title": "The decision"}]
    edit_as_staff(submission, by=boris, values={"title": "Mended", "partners": ["A partner"]}, sources=sources)
    submission.refresh_from_db()
    mailoutbox.clear()
    transition(submission, "approve", by=boris)
    listed = mailoutbox[0].body.partition("the secretariat edited:")[2].partition("If something")[0]
    assert listed.split("\n") == ["", "- Title", "- Partners", "- Sources", ""]


def test_nothing_is_said_of_edits_where_there_were_none(mailoutbox, boris):
    transition(make_submission(), "approve", by=boris)
    assert "secretariat edited" not in mailoutbox[-1].body


def test_colleague_who_sent_it_is_told_too(mailoutbox):
    author, colleague, organisation = UserFactory(), UserFactory(), OrganisationFactory()
    for person in (author, colleague):
        confirm(person, organisation)
    draft = make_draft(by=author, organisation=organisation)
    transition(draft, "submit", by=colleague)
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted([author.email, colleague.email])


def test_who_has_left_is_not_written_to(mailoutbox, boris):
    submission = make_submission()
    mailoutbox.clear()
    type(submission.author).objects.filter(pk=submission.author_id).update(is_active=False)
    transition(Submission.objects.get(pk=submission.pk), "approve", by=boris)
    assert mailoutbox == []


# The preview


@pytest.fixture
def preview(desk, demonstration):
    def ask(submission, move, **values):
        return desk.post(
            reverse("admin:initiatives_submission_decide", args=[submission.pk]), {"preview": move, **values}
        )

    return ask


@pytest.mark.parametrize("move", ["request_changes", "reject"])
def test_preview_is_the_letter_that_is_sent(preview, moderator, mailoutbox, move):
    submission = make_submission()
    mailoutbox.clear()
    (shown,) = preview(submission, move, public_reason=" Which band? ").context["letters"]
    assert mailoutbox == [] and submission.decisions.count() == 1
    transition(submission, move, by=moderator, public_reason="Which band?")
    assert (shown.subject, shown.body) == (mailoutbox[0].subject, mailoutbox[0].body)
    assert shown.to == submission.author


def test_preview_loses_nothing_and_decides_nothing(preview):
    submission = make_submission()
    response = preview(submission, "approve", public_reason="Well done", private_note="read it", at_once="on")
    assert "not sent yet" in response.text and "Well done" in response.text and "read it" in response.text
    assert response.context["form"]["at_once"].value()
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_preview_asks_for_the_reason_as_deciding_does(preview):
    response = preview(make_submission(), "reject")
    assert "Give a reason." in response.text and "letters" not in response.context


def test_preview_of_what_is_not_possible_says_why(preview, boris):
    submission = make_submission()
    transition(submission, "claim", by=boris)
    assert "Boris Zqmoderator has claimed it" in preview(submission, "approve").text


def test_preview_is_offered_for_what_people_are_told(desk, demonstration):
    response = desk.get(reverse("admin:initiatives_submission_change", args=[make_submission().pk]))
    assert [move.name for move in response.context["told"]] == ["approve", "request_changes", "reject"]
