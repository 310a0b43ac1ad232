"""The one door: status, right, reason, record."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from moderation.models import Decision
from moderation.services import MoveRefused, transition
from tests.factories import ModeratorFactory, UserFactory, make_draft, make_submission

pytestmark = pytest.mark.django_db


def test_approve_publishes_and_records():
    submission = make_submission()
    moderator = ModeratorFactory(name="Amina")
    outcome = transition(submission, "approve", by=moderator, private_note="source read")
    assert outcome.changed and outcome.decision.decided_by_name == "Amina"
    assert submission.status == "approved"
    assert submission.initiative in type(submission.initiative).objects.public()
    assert submission.initiative.versions.get().content["title"] == submission.title


def test_repeating_a_move_changes_nothing_and_says_so():
    submission = make_submission()
    first = transition(submission, "approve", by=ModeratorFactory())
    second = transition(submission, "approve", by=ModeratorFactory())
    assert not second.changed and second.decision == first.decision
    assert type(submission.initiative).objects.count() == 1


def test_second_moderator_is_told_who_did_what():
    submission = make_submission()
    transition(submission, "approve", by=ModeratorFactory(name="Amina"))
    with pytest.raises(MoveRefused, match="Amina"):
        transition(submission, "reject", by=ModeratorFactory(), public_reason="no")


def test_author_who_is_a_moderator_cannot_approve():
    moderator = ModeratorFactory()
    submission = make_submission(by=moderator)
    with pytest.raises(PermissionDenied):
        transition(submission, "approve", by=moderator)


def test_reject_needs_a_reason():
    submission = make_submission()
    with pytest.raises(ValidationError):
        transition(submission, "reject", by=ModeratorFactory(), public_reason=" \n ")
    assert submission.decisions.count() == 1


def test_incomplete_draft_is_not_sent():
    draft = make_draft(title="", sources=[])
    with pytest.raises(ValidationError) as refusal:
        transition(draft, "submit", by=draft.author)
    assert set(refusal.value.error_dict) == {"title", "sources"}


def test_stranger_cannot_submit():
    draft = make_draft()
    with pytest.raises(PermissionDenied):
        transition(draft, "submit", by=UserFactory())


@pytest.mark.parametrize("change", ["update", "delete"])
def test_database_refuses_to_change_a_decision(change):
    make_submission()
    rows = Decision.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(move="other") if change == "update" else rows.delete()


def test_database_refuses_to_empty_the_record():
    make_submission()
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("SET LOCAL portal.may_truncate = 'no'")
        cursor.execute("TRUNCATE moderation_decision")
    assert Decision.objects.exists()
