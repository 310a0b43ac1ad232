"""Many moves at once: asked first, one reason, each row on its own, and all of it undone."""

from datetime import timedelta

import pytest

from moderation.models import Decision
from moderation.services import take_effect, transition
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, make_draft, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
QUEUE = "/admin/initiatives/submission/"


def ask(desk, move, submissions):
    return desk.post(QUEUE, {"action": move, "_selected_action": [one.pk for one in submissions]})


def do(desk, move, submissions, own="", **values):
    chosen = [one.pk for one in submissions]
    return desk.post(f"{QUEUE}many/", {"move": move, "chosen": chosen, "public_reason": own, **values}, follow=True)


@pytest.fixture
def hold(settings):
    settings.DECISION_HOLD = timedelta(minutes=5)


def test_many_asks_first_and_says_what_can_and_cannot_be_done(desk, moderator):
    free, own, claimed = make_submission(), make_submission(by=moderator), make_submission()
    transition(claimed, "claim", by=ModeratorFactory(name="Boris"))
    response = ask(desk, "approve", [free, own, claimed])
    assert [row.subject for row in response.context["possible"]] == [free]
    assert {row.subject for row in response.context["impossible"]} == {own, claimed}
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


def test_many_take_a_canned_reason_each_in_its_language(desk):
    french, english = make_submission(by=UserFactory(language="fr")), make_submission()
    do(desk, "reject", [french, english], reason="out_of_scope")
    texts = [one.decisions.first().public_reason for one in (french, english)]
    assert texts[0].startswith("Ce portail") and texts[1].startswith("This portal")


def test_many_are_offered_the_reasons_of_the_move_alone(desk):
    html = ask(desk, "request_changes", [make_submission()]).text
    assert "Unclear" in html and "Out of scope" not in html


def undo(desk, response):
    return desk.post(f"{QUEUE}many/undo/", {"decision": response.context["undoable"]})


def test_many_are_undone_while_they_are_held(desk, hold):
    both = [make_submission(), make_submission()]
    response = undo(desk, do(desk, "reject", both, "out of scope"))
    assert "Undo: done for 2 of 2." in response.text
    assert {type(one).objects.get(pk=one.pk).status for one in both} == {"in_review"}


def test_undo_takes_back_exactly_what_the_action_did(desk, hold, moderator):
    before, together = make_submission(), [make_submission(title="Too late"), make_submission()]
    transition(before, "approve", by=moderator)
    report = do(desk, "reject", [before, *together], "out of scope")
    assert len(report.context["undoable"]) == 2
    take_effect(together[0])
    response = undo(desk, report)
    assert "Undo: done for 1 of 2." in response.text
    assert "Too late" in response.text and "It cannot be undone any more." in response.text
    statuses = [type(one).objects.get(pk=one.pk).status for one in (before, *together)]
    assert statuses == ["approved", "rejected", "in_review"]


def test_undo_of_many_is_of_ones_own_decisions(desk, hold):
    submission = make_submission()
    decision = transition(submission, "approve", by=ModeratorFactory()).decision
    assert "done for 0 of 0" in desk.post(f"{QUEUE}many/undo/", {"decision": [decision.pk]}).text
    submission.refresh_from_db()
    assert submission.status == "approved"


@pytest.mark.parametrize("move", ["approve", "reject"])
def test_each_of_many_costs_little(desk, hold, moderator, django_assert_max_num_queries, move):
    """Eight queries a row, and no more than twelve for the page: 500 rows are done in seconds."""
    rows = [make_submission() for _number in range(5)]
    ask(desk, move, rows)
    with django_assert_max_num_queries(8 * len(rows) + 12):
        do(desk, move, rows, "no source")


def test_confirmation_tells_apart_what_has_the_same_title(desk):
    rows = [
        make_submission(title="Free data", countries=[code], organisation=OrganisationFactory(name=f"Authority {code}"))
        for code in ("KE", "FR")
    ]
    page = ask(desk, "reject", rows).text
    assert "<bdi>Kenya</bdi> · <bdi>Authority KE</bdi>" in page
    assert "<bdi>France</bdi> · <bdi>Authority FR</bdi>" in page
