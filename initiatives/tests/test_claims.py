"""Claims: their time-out, and “claim the next one”."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.jobs.claims import release_claims
from initiatives.models import Submission
from moderation.models import Duty
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
NEXT = "/admin/initiatives/submission/next/"


def claimed(*, hours_ago: float, **changes) -> Submission:
    submission = make_submission(**changes)
    transition(submission, "claim", by=ModeratorFactory(name="Boris"))
    Submission.objects.filter(pk=submission.pk).update(claimed_at=timezone.now() - timedelta(hours=hours_ago))
    submission.refresh_from_db()
    return submission


def test_old_claim_is_released_by_the_machine_with_a_decision_that_says_so():
    submission = claimed(hours_ago=25)
    assert release_claims() == "1 released"
    submission.refresh_from_db()
    assert (submission.status, submission.claimed_by) == ("submitted", None)
    decision = submission.decisions.first()
    assert (decision.move, decision.by_machine) == ("release", True)
    assert decision.private_note == "Boris claimed it more than 24 hours ago and did not decide."


def test_young_claim_is_left_alone():
    claimed(hours_ago=23)
    assert release_claims() == "0 released"


def test_release_is_told_to_nobody_outside(mailoutbox):
    claimed(hours_ago=25)
    mailoutbox.clear()
    release_claims()
    assert mailoutbox == []


def test_looking_claims_nothing(desk):
    submission = make_submission()
    desk.get(f"/admin/initiatives/submission/{submission.pk}/change/")
    submission.refresh_from_db()
    assert (submission.status, submission.claimed_by) == ("submitted", None)


def test_next_one_is_the_oldest_that_nobody_has_claimed(desk, moderator):
    claimed(hours_ago=1)
    oldest = make_submission()
    make_submission()
    response = desk.post(NEXT)
    oldest.refresh_from_db()
    assert response.url == f"/admin/initiatives/submission/{oldest.pk}/change/"
    assert oldest.claimed_by == moderator


def test_next_one_is_of_ones_own_regions(desk, moderator):
    Duty.objects.create(user=moderator, regions=["EUR"])
    make_submission(countries=("KE",))
    french = make_submission(countries=("FR",))
    desk.post(NEXT)
    assert Submission.objects.get(claimed_by=moderator) == french


def test_next_one_is_never_ones_own(desk, moderator):
    make_submission(by=moderator)
    assert "Nothing waits unclaimed" in desk.post(NEXT, follow=True).text


def test_nothing_is_claimed_by_a_link(desk):
    make_submission()
    desk.get(NEXT)
    assert not Submission.objects.exclude(claimed_by=None).exists()


def test_next_one_is_for_moderators(client):
    make_submission()
    client.force_login(UserFactory(is_staff=True))
    assert client.post(NEXT).status_code == 403


def test_button_stands_on_the_list_and_in_the_message(desk):
    submission = make_submission()
    assert NEXT in desk.get("/admin/initiatives/submission/").text
    url = f"/admin/initiatives/submission/{submission.pk}/decide/"
    message = desk.post(url, {"move": "approve"}, follow=True).text.partition('class="messagelist"')[2]
    assert NEXT in message.partition("</ul>")[0]
