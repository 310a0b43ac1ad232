"""One move from the decision page, and the log of decisions."""

import pytest
from django.urls import reverse

from moderation.models import Decision
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
QUEUE = "/admin/initiatives/submission/"


def page_of(submission) -> str:
    return reverse("admin:initiatives_submission_change", args=[submission.pk])


def decide(desk, submission, move, reason="", note="", follow=True):
    url = reverse("admin:initiatives_submission_decide", args=[submission.pk])
    return desk.post(url, {"move": move, "public_reason": reason, "private_note": note}, follow=follow)


def test_approve_publishes_and_leads_back_to_the_list(desk):
    submission = make_submission()
    url = reverse("admin:initiatives_submission_decide", args=[submission.pk])
    response = desk.post(f"{url}?_changelist_filters=region%3DAFR", {"move": "approve", "private_note": "read it"})
    submission.refresh_from_db()
    assert response.url == f"{QUEUE}?region=AFR"
    assert submission.status == "approved" and submission.decisions.first().private_note == "read it"


def test_claim_stays_on_the_page(desk):
    submission = make_submission()
    assert decide(desk, submission, "claim", follow=False).url == page_of(submission)


@pytest.mark.parametrize("move", ["request_changes", "reject"])
def test_missing_reason_is_asked_for_and_nothing_typed_is_lost(desk, move):
    submission = make_submission()
    response = decide(desk, submission, move, note="typed with care")
    assert "Give a reason." in response.text and "typed with care" in response.text
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_second_moderator_is_told_who_was_first_and_keeps_the_text(desk):
    submission = make_submission()
    transition(submission, "approve", by=ModeratorFactory(name="Boris"))
    response = decide(desk, submission, "reject", reason="Long and careful words")
    assert "Already “approved”, by Boris at " in response.text
    assert "Long and careful words" in response.text


def test_repeated_post_is_harmless(desk):
    submission = make_submission()
    decide(desk, submission, "approve")
    assert "Already “approved”, by Amina at " in decide(desk, submission, "approve").text
    assert submission.decisions.filter(move="approve").count() == 1


def test_claimed_by_a_colleague_cannot_be_decided(desk):
    submission = make_submission()
    transition(submission, "claim", by=ModeratorFactory(name="Boris"))
    assert "Boris has claimed it" in decide(desk, submission, "approve").text


def test_what_is_not_ready_is_not_published(desk):
    submission = make_submission()
    type(submission).objects.filter(pk=submission.pk).update(title="")
    assert "title: Give a title." in decide(desk, submission, "approve").text


@pytest.mark.parametrize("move", ["submit", "retract", "", "nonsense"])
def test_moves_of_authors_are_none_of_staff(desk, move):
    assert decide(desk, make_submission(), move).status_code == 400


def test_decide_needs_post(desk):
    submission = make_submission()
    url = reverse("admin:initiatives_submission_decide", args=[submission.pk])
    assert desk.get(url).url == page_of(submission)


def test_decide_is_for_moderators(client):
    client.force_login(UserFactory(is_staff=True))
    assert decide(client, make_submission(), "approve").status_code == 403
    client.force_login(UserFactory())
    assert decide(client, make_submission(), "approve").status_code == 403


def test_decide_wants_the_token_against_forgery(client, moderator):
    client.handler.enforce_csrf_checks = True
    client.force_login(moderator)
    assert decide(client, make_submission(), "approve").status_code == 403


# The log


def test_log_is_read_and_searched_never_written(desk):
    submission = make_submission(title="Traceable")
    decide(desk, submission, "reject", "no source", "promotional")
    log = "/admin/moderation/decision/"
    assert "Traceable" in desk.get(f"{log}?q=promotional&kind=initiatives.submission&move=reject&machine=no").text
    decision = Decision.objects.get(move="reject")
    assert "promotional" in desk.get(f"{log}{decision.pk}/change/").text
    for path in (f"{log}add/", f"{log}{decision.pk}/delete/"):
        assert desk.get(path).status_code == 403
    assert desk.post(f"{log}{decision.pk}/change/", {"private_note": "other"}).status_code == 403
