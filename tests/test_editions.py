"""Nobody decides on another text than they have read, and no correction takes back another one unseen."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from initiatives import services
from initiatives.models import Initiative
from moderation.services import TextChanged, take_due_effects, transition
from tests.factories import ModeratorFactory, UserFactory, make_initiative, make_submission

pytestmark = pytest.mark.django_db


def decide(client, submission, move: str, **data):
    url = reverse("admin:initiatives_submission_decide", args=[submission.pk])
    return client.post(url, {"move": move, **data}, follow=True)


def edition_on(client, submission) -> str:
    page = client.get(reverse("admin:initiatives_submission_change", args=[submission.pk]))
    return page.context["edition"]


def correction_of(initiative, **values):
    """A correction that waits."""
    author = UserFactory()
    draft = services.start_correction(initiative, by=author)
    draft = services.save_draft(draft, by=author, values={**ASKED, **values})
    transition(draft, "submit", by=author)
    return draft


ASKED = {
    "contributor_name": "Ada",
    "contributor_role": "Officer",
    "contributor_email": "ada@regulator.example",
    "consent_at": timezone.now(),
}


def public_text(initiative) -> tuple[str, str]:
    return Initiative.objects.values_list("title", "results").get(pk=initiative.pk)


def test_text_sent_again_meanwhile_is_not_approved_unread(desk, moderator):
    submission = make_submission(title="The text that was read")
    seen = edition_on(desk, submission)
    transition(submission, "request_changes", by=ModeratorFactory(), public_reason="Which band?")
    services.save_draft(submission, by=submission.author, values={"title": "Another text"})
    transition(submission, "submit", by=submission.author)
    answer = decide(desk, submission, "approve", seen=seen, private_note="Looks fine")
    submission.refresh_from_db()
    assert submission.status == "submitted" and not Initiative.objects.exists()
    assert "The text has changed since you opened this page" in answer.text
    assert "Another text" in answer.text and "Looks fine" in answer.text
    decide(desk, submission, "approve", seen=answer.context["edition"])
    assert Initiative.objects.get().title == "Another text"


def test_edit_of_a_colleague_is_read_before_it_is_approved(moderator):
    submission = make_submission()
    seen = services.edition_of(submission)
    services.edit_as_staff(submission, by=ModeratorFactory(), values={"title": "Edited by a colleague"})
    transition(submission, "release", by=submission.claimed_by or moderator)
    with pytest.raises(TextChanged):
        transition(submission, "approve", by=moderator, seen=seen)


def test_claim_needs_no_reading(moderator):
    assert transition(make_submission(), "claim", by=moderator, seen="long ago").changed


def test_bulk_does_not_decide_on_what_changed_since_it_was_confirmed(desk):
    submission = make_submission(title="The text that was read")
    url = reverse("admin:initiatives_submission_many")
    data = {"move": "approve", "chosen": submission.pk, f"seen-{submission.pk}": "0-0"}
    answer = desk.post(url, data)
    assert "The text has changed since" in answer.text and not Initiative.objects.exists()


def test_correction_does_not_take_back_what_was_published_after_it_was_read(moderator):
    initiative = make_initiative(title="First title")
    first, second = correction_of(initiative, results="Traffic fell"), correction_of(initiative, title="Second title")
    seen = services.edition_of(second)
    transition(first, "approve", by=moderator)
    with pytest.raises(TextChanged):
        transition(second, "approve", by=moderator, seen=seen)
    assert public_text(initiative) == ("First title", "Traffic fell")


def test_two_corrections_are_not_approved_side_by_side(moderator, settings):
    initiative = make_initiative()
    first, second = correction_of(initiative, results="Traffic fell"), correction_of(initiative, title="Second title")
    settings.DECISION_HOLD = timedelta(minutes=5)
    transition(first, "approve", by=moderator)
    with pytest.raises(ValidationError, match="approved and not in effect yet"):
        transition(second, "approve", by=moderator, takes_effect_at=timezone.now())


def test_held_approval_does_not_undo_what_became_public_meanwhile(moderator, settings):
    initiative = make_initiative(title="First title")
    held = correction_of(initiative, title="Second title")
    settings.DECISION_HOLD = timedelta(minutes=5)
    transition(held, "approve", by=moderator)
    Initiative.objects.filter(pk=initiative.pk).update(version=2, results="Published by another way")
    type(held).objects.filter(pk=held.pk).update(held_until=timezone.now())
    assert take_due_effects(type(held)) == (0, 1)
    held.refresh_from_db()
    assert public_text(initiative) == ("First title", "Published by another way")
    assert "Version 2 became public after this was decided" in held.hold_problem
    assert held.held_until > timezone.now() + timedelta(minutes=30)  # nothing changes until somebody acts


def test_bulk_leaves_corrections_of_the_same_initiative_alone(desk):
    initiative = make_initiative()
    both = [correction_of(initiative, results="Traffic fell"), correction_of(initiative, title="Second title")]
    data = {"move": "approve", "chosen": [one.pk for one in both]}
    answer = desk.post(reverse("admin:initiatives_submission_many"), data)
    assert answer.text.count("decide on each alone") == 2
    assert Initiative.objects.get().version == 1


def test_page_says_what_came_between(desk, moderator):
    initiative = make_initiative()
    late, rival = correction_of(initiative, title="Second title"), correction_of(initiative, title="Third title")
    first = correction_of(initiative, results="Traffic fell")
    transition(first, "approve", by=moderator)
    page = desk.get(reverse("admin:initiatives_submission_change", args=[late.pk])).text
    assert "It was sent when version 1 was public; version 2 is public now." in page
    assert "Other corrections of it wait" in page and rival.title in page


def test_bulk_leaves_alone_what_was_sent_for_an_older_version(desk, moderator):
    initiative = make_initiative()
    late, first = correction_of(initiative, title="Second title"), correction_of(initiative, results="Traffic fell")
    transition(first, "approve", by=moderator)
    answer = desk.post(reverse("admin:initiatives_submission_many"), {"move": "approve", "chosen": [late.pk]})
    assert "decide on it alone" in answer.text and Initiative.objects.get().version == 2


def test_decision_keeps_the_edition_it_was_made_on(moderator):
    submission = make_submission()
    edition = services.edition_of(submission)
    assert transition(submission, "approve", by=moderator).decision.edition == edition
