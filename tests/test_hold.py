"""A decision is held: nothing is published or told until its time comes, and until then it can be taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from initiatives.models import Initiative, Submission
from moderation.services import MoveRefused, take_due_effects, take_effect, transition
from tests.factories import ModeratorFactory, make_submission

pytestmark = pytest.mark.django_db
HOLD = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _hold(settings):
    settings.DECISION_HOLD = HOLD


@pytest.fixture
def approved(moderator, mailoutbox):
    submission = make_submission()
    mailoutbox.clear()
    transition(submission, "approve", by=moderator)
    return submission


def its_time_has_come(submission: Submission) -> None:
    Submission.objects.filter(pk=submission.pk).update(held_until=timezone.now() - timedelta(seconds=1))


def test_nothing_is_public_or_told_while_it_is_held(approved, mailoutbox):
    assert (approved.status, approved.shown_status, approved.is_held) == ("approved", "in_review", True)
    assert take_due_effects(Submission) == (0, 0)
    assert (Initiative.objects.count(), mailoutbox) == (0, [])


def test_publication_and_mail_come_together_at_its_end(approved, mailoutbox):
    its_time_has_come(approved)
    assert take_due_effects(Submission) == (1, 0)
    approved.refresh_from_db()
    assert (approved.is_held, Initiative.objects.public().count(), len(mailoutbox)) == (False, 1, 1)
    assert take_due_effects(Submission) == (0, 0) and len(mailoutbox) == 1


def test_publish_now(approved, mailoutbox):
    assert take_effect(approved) and not take_effect(approved)
    assert (Initiative.objects.count(), len(mailoutbox)) == (1, 1)


def test_undone_it_is_as_if_nothing_had_been_decided(approved, moderator, mailoutbox):
    transition(approved, "undo", by=moderator)
    assert (approved.status, approved.claimed_by, approved.is_held) == ("in_review", moderator, False)
    assert (Initiative.objects.count(), mailoutbox) == (0, [])
    assert [decision.move for decision in approved.decisions.all()] == ["undo", "approve", "submit"]


def test_too_late_to_undo(approved, moderator):
    take_effect(approved)
    with pytest.raises(MoveRefused):
        transition(approved, "undo", by=moderator)


def test_a_colleague_stops_it_with_a_reason(approved):
    colleague = ModeratorFactory()
    with pytest.raises(ValidationError):
        transition(approved, "stop", by=colleague)
    transition(approved, "stop", by=colleague, public_reason="The source has just been withdrawn.")
    assert (approved.status, approved.claimed_by) == ("submitted", None)


def test_author_cannot_edit_while_a_request_for_changes_is_held(moderator):
    submission = make_submission()
    transition(submission, "request_changes", by=moderator, public_reason="Name the source.")
    with pytest.raises(MoveRefused):
        transition(submission, "submit", by=submission.author)


def test_approval_can_be_scheduled(moderator):
    submission = make_submission()
    at = timezone.now() + timedelta(days=3)
    transition(submission, "approve", by=moderator, takes_effect_at=at)
    assert submission.held_until == submission.decisions.first().takes_effect_at == at


@pytest.mark.parametrize(("move", "days"), [("reject", 3), ("approve", 91)])
def test_what_cannot_be_scheduled(moderator, move, days):
    submission, at = make_submission(), timezone.now() + timedelta(days=days)
    with pytest.raises(ValidationError) as refusal:
        transition(submission, move, by=moderator, public_reason="x", takes_effect_at=at)
    assert "takes_effect_at" in refusal.value.message_dict
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_at_once_where_the_time_is_now(moderator):
    submission = make_submission()
    transition(submission, "approve", by=moderator, takes_effect_at=timezone.now())
    assert submission.initiative is not None and not submission.is_held


def test_what_fails_waits_says_why_and_holds_up_nobody(approved, moderator, mailoutbox):
    other = make_submission()
    transition(other, "approve", by=moderator)
    mailoutbox.clear()
    approved.sources.all().delete()  # not ready any more
    for submission in (approved, other):
        its_time_has_come(submission)
    assert take_due_effects(Submission) == (1, 1)
    approved.refresh_from_db()
    assert approved.is_held and "source" in approved.hold_problem
    assert len(mailoutbox) == 1
