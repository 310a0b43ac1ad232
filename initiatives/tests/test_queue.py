"""The admin's start page: everything that waits, whatever its kind, and what one does with it."""

import datetime

import pytest
from django.db.models import F
from django.utils import timezone

from accounts.models import Membership
from accounts.services import request_membership
from initiatives.models import Submission
from initiatives.tests.waiting import (
    START,
    counts,
    make_correction,
    make_membership,
    make_one_of_each,
    make_organisation,
    make_quiet_submission,
    rows,
)
from moderation.queue import Position, Queue
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, make_draft, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def one_of_each() -> list[str]:
    """One thing of each kind, the oldest first: their titles."""
    return make_one_of_each()


def test_start_page_shows_every_kind_oldest_first(desk, one_of_each):
    response = desk.get(START)
    assert rows(response) == one_of_each
    assert counts(response) == {
        "submission": 1,
        "correction": 1,
        "membership": 1,
        "organisation": 1,
        "post": 0,
        "flag": 0,
    }
    assert "4 wait." in response.text and "The oldest has waited for less than a minute." in response.text


def test_order_is_by_age_over_all_kinds(desk, one_of_each):
    Submission.objects.update(submitted_at=F("submitted_at") - datetime.timedelta(days=3))
    assert rows(desk.get(START)) == ["New", "Corrected", "Wanjiru", "New operator"]


def test_row_says_what_matters(desk, moderator):
    organisation = OrganisationFactory(verified_at=timezone.now())
    submission = make_quiet_submission(organisation=organisation, language="ar", title="طيف مؤقت")
    transition(submission, "claim", by=ModeratorFactory(name="Boris"))
    Submission.objects.update(suspicions=["dead_source"])
    html = desk.get(START).text
    assert 'lang="ar" dir="rtl">طيف مؤقت</a>' in html
    for words in ("new · Arabic", "Kenya", "Africa", "Spectrum", organisation.name, "verified", "member", "Boris"):
        assert words in html
    assert "a source does not answer" in html and "membership not confirmed" not in html


def test_row_says_that_membership_is_not_confirmed(desk):
    make_submission()
    assert "membership not confirmed" in desk.get(START).text


def test_row_of_a_correction_says_of_what(desk):
    correction = make_correction()
    assert f"correction of {correction.initiative.reference}" in desk.get(START).text


def test_what_is_decided_or_not_sent_does_not_wait(desk, settings):
    settings.DECISION_HOLD = datetime.timedelta(minutes=5)
    transition(make_quiet_submission(), "approve", by=ModeratorFactory())
    make_draft()
    confirm(UserFactory(), OrganisationFactory())
    assert rows(desk.get(START)) == []
    assert "Everything has been looked at." in desk.get(START).text


def test_held_decisions_are_one_line(desk, settings):
    settings.DECISION_HOLD = datetime.timedelta(minutes=5)
    transition(make_quiet_submission(), "approve", by=ModeratorFactory())
    assert "One decision is held or scheduled" in desk.get(START).text


# From the row on


def test_decision_leads_back_to_the_queue_as_it_was(desk):
    make_quiet_submission()
    line = desk.get(f"{START}?theme=spectrum").context["rows"][0]
    page = desk.get(line["url"])
    assert page.context["list_url"] == "/admin/?theme=spectrum"
    answer = desk.post(page.context["decide_url"], {"move": "mark_as_spam"})
    assert answer.headers["Location"] == "/admin/?theme=spectrum"


def test_membership_is_confirmed_in_place(desk, moderator):
    membership = make_membership()
    (url, words), *_others = desk.get(f"{START}?kind=membership").context["rows"][0]["acts"]
    answer = desk.post(f"{url}?queue=&kind=membership", follow=True)
    membership.refresh_from_db()
    assert (str(words), membership.confirmed_by) == ("Confirm", moderator)
    assert answer.redirect_chain[0][0] == "/admin/?kind=membership" and "confirmed." in answer.text
    assert "was answered already" in desk.post(url, follow=True).text


def test_nobody_confirms_their_own_membership(desk, moderator):
    membership = request_membership(moderator, OrganisationFactory())
    assert desk.get(START).context["rows"][0]["acts"] == []
    assert desk.post(f"{START}queue/membership/{membership.pk}/confirm/").status_code == 403


def test_organisation_is_accepted_in_place(desk):
    organisation = make_organisation()
    desk.post(desk.get(START).context["rows"][0]["acts"][0][0])
    organisation.refresh_from_db()
    assert organisation.accepted_at and rows(desk.get(START)) == []


@pytest.mark.parametrize("path", ["membership/1/confirm/", "nothing/1/confirm/", "submission/1/approve/"])
def test_unknown_rows_and_acts_are_refused(desk, path):
    assert desk.post(f"{START}queue/{path}").status_code in (403, 404)


def test_chosen_rows_lead_to_the_question_about_many(desk):
    first, second = make_quiet_submission(), make_correction()
    make_quiet_submission()  # not chosen
    membership = make_membership()
    chosen = [f"submission-{first.pk}", f"correction-{second.pk}", f"membership-{membership.pk}", "x", "submission-y"]
    answer = desk.post(
        f"{START}queue/many/?queue=&theme=spectrum", {"move": "initiatives.submission reject", "chosen": chosen}
    )
    assert {row.subject for row in answer.context["possible"]} == {first, second}
    assert answer.context["list_url"] == "/admin/?theme=spectrum"
    assert not Submission.objects.filter(status="rejected").exists()


def test_many_wants_a_choice_and_a_known_move(desk):
    answer = desk.post(f"{START}queue/many/", {"move": "initiatives.submission reject"}, follow=True)
    assert "Choose at least one." in answer.text
    for move in ("", "reject", "initiatives.submission submit", "accounts.membership confirm"):
        assert desk.post(f"{START}queue/many/", {"move": move}).status_code == 400


def test_next_one_is_claimed_from_the_start_page(desk, moderator):
    oldest, _newer = make_quiet_submission(), make_quiet_submission()
    answer = desk.post(desk.get(START).context["next_urls"][0])
    oldest.refresh_from_db()
    assert oldest.claimed_by == moderator and f"/{oldest.pk}/change/" in answer.headers["Location"]


# Pages


def test_pages_neither_repeat_nor_lose_rows_while_others_come_and_go(moderator):
    for _number in range(7):
        make_quiet_submission()
    moments = list(Submission.objects.order_by("pk").values_list("submitted_at", flat=True))
    Submission.objects.update(submitted_at=moments[0])  # all at once: the key decides
    make_membership(), make_organisation()
    Membership.objects.update(requested_at=moments[0])
    before = [one.row.url for one in Queue(moderator).page(100)]
    first = Queue(moderator).page(4)
    transition(Submission.objects.order_by("pk").first(), "mark_as_spam", by=moderator)
    make_quiet_submission(title="Newest")
    second = Queue(moderator).page(100, first[-1].position)
    assert [one.row.url for one in (*first, *second)][: len(before)] == before
    assert second[-1].row.title == "Newest"


def test_position_is_written_and_read_alike():
    position = Position(timezone.now(), 2, 17)
    assert Position.parse(str(position)) == position


@pytest.mark.parametrize("text", ["", "x", "1-2", "1-2-x", "-1-2-3", "9" * 30 + "-1-1", "999999999999999999-0-1"])
def test_impossible_positions_are_the_beginning(desk, text):
    make_quiet_submission()
    assert Position.parse(text) is None
    assert len(rows(desk.get(START, {"after": text}))) == 1


def test_next_page_follows_in_the_address(desk, monkeypatch):
    monkeypatch.setattr("moderation.admin.queue.PAGE", 2)
    made = [make_quiet_submission(title=f"Title {number}").title for number in range(3)]
    response = desk.get(f"{START}?theme=spectrum")
    following = desk.get(START + response.context["next"])
    assert rows(response) + rows(following) == made
    assert following.context["next"] == "" and "Back to the oldest" in following.text
