"""Many moves at once: asked first, one reason, each row on its own."""

import pytest

from moderation.models import Decision
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, make_draft, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
QUEUE = "/admin/initiatives/submission/"


def ask(desk, move, submissions):
    return desk.post(QUEUE, {"action": move, "_selected_action": [one.pk for one in submissions]})


def do(desk, move, submissions, reason=""):
    chosen = [one.pk for one in submissions]
    return desk.post(f"{QUEUE}many/", {"move": move, "chosen": chosen, "public_reason": reason}, follow=True)


def test_many_asks_first_and_says_what_can_and_cannot_be_done(desk, moderator):
    free, own, claimed = make_submission(), make_submission(by=moderator), make_submission()
    transition(claimed, "claim", by=ModeratorFactory(name="Boris"))
    response = ask(desk, "approve", [free, own, claimed])
    assert response.context["possible"] == [free]
    assert {one.pk for one, _reason in response.context["impossible"]} == {own.pk, claimed.pk}
    assert "You sent this yourself" in response.text and "Boris has claimed it" in response.text
    assert Decision.objects.exclude(move__in=["submit", "claim"]).count() == 0


def test_many_are_done_with_one_reason(desk):
    both = [make_submission(), make_submission()]
    response = do(desk, "reject", both, "out of scope")
    assert "Reject: done for 2 of 2." in response.text
    reasons = Decision.objects.filter(move="reject").values_list("public_reason", flat=True)
    assert list(reasons) == ["out of scope"] * 2


def test_many_need_the_reason_too(desk):
    response = do(desk, "reject", [make_submission()])
    assert "Give a reason." in response.text and Decision.objects.filter(move="reject").count() == 0


def test_many_reports_each_row_that_failed(desk):
    lost, won = make_submission(title="Lost the race"), make_submission()
    transition(lost, "approve", by=ModeratorFactory(name="Boris"))
    response = do(desk, "reject", [lost, won], "no source")
    assert "Reject: done for 1 of 2." in response.text
    assert "Lost the race" in response.text and "Already “approved”, by Boris" in response.text


def test_many_refuses_forged_rows_and_drafts(desk):
    assert desk.post(f"{QUEUE}many/", {"move": "approve", "chosen": ["x"]}).status_code == 400
    draft = make_draft()
    assert "done for 0 of 0" in do(desk, "approve", [draft]).text
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_many_is_for_moderators(client):
    client.force_login(UserFactory(is_staff=True))
    assert do(client, "approve", [make_submission()]).status_code == 403
