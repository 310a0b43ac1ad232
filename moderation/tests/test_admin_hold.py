"""Held decisions in the admin: undo, stop, publish now, schedule, and the list of all that is held."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation.attempts import moment
from moderation.holds import held_count
from moderation.models import Decision
from moderation.services import take_effect, transition
from tests.factories import ModeratorFactory, UserFactory, make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
HELD = "/admin/moderation/decision/held/"


@pytest.fixture(autouse=True)
def _hold(settings):
    settings.DECISION_HOLD = timedelta(minutes=5)


@pytest.fixture
def boris():
    return ModeratorFactory(name="Boris")


def page_of(submission) -> str:
    return reverse("admin:initiatives_submission_change", args=[submission.pk])


def decide(desk, submission, move, **values):
    url = reverse("admin:initiatives_submission_decide", args=[submission.pk])
    return desk.post(url, {"move": move, **values}, follow=True)


def approved(moderator, **changes):
    submission = make_submission(**changes)
    transition(submission, "approve", by=moderator)
    return submission


def moves_on(desk, submission) -> list[str]:
    return [move.name for move in desk.get(page_of(submission)).context["moves"]]


def test_message_says_when_and_offers_undo_right_there(desk):
    submission = make_submission()
    html = decide(desk, submission, "approve").text
    submission.refresh_from_db()
    assert f"It takes effect at {moment(submission.held_until)}, and can be undone until then." in html
    message = html.partition('class="messagelist"')[2].partition("</ul>")[0]
    assert reverse("admin:initiatives_submission_decide", args=[submission.pk]) in message
    assert 'name="move" value="undo"' in message and "csrfmiddlewaretoken" in message


def test_undo_leads_back_to_the_page_with_what_was_written(desk, moderator):
    submission = make_submission()
    decide(desk, submission, "reject", public_reason="Long and careful words", private_note="a note")
    response = decide(desk, submission, "undo")
    assert response.redirect_chain[-1][0] == page_of(submission)
    assert response.context["form"]["public_reason"].value() == "Long and careful words"
    submission.refresh_from_db()
    assert (submission.status, submission.claimed_by) == ("in_review", moderator)


def test_page_of_what_i_decided_says_so_and_offers_to_publish_or_undo(desk, moderator):
    submission = approved(moderator)
    assert moves_on(desk, submission) == ["take_effect_now", "undo"]
    html = desk.get(page_of(submission)).text
    assert "Decided by <bdi>Amina</bdi>" in html and "Publish now" in html and f"{submission.held_until:%H:%M}" in html


def test_page_of_what_a_colleague_decided_offers_to_stop(desk, boris):
    submission = approved(boris)
    assert moves_on(desk, submission) == ["take_effect_now", "stop"]
    assert "Give a reason." in decide(desk, submission, "stop").text
    decide(desk, submission, "stop", public_reason="The source is gone.")
    submission.refresh_from_db()
    assert (submission.status, submission.is_held) == ("submitted", False)


def test_second_moderator_is_told_of_the_hold(desk, boris):
    submission = approved(boris)
    response = decide(desk, submission, "reject", public_reason="Long and careful words")
    assert "Already “approved”, by Boris at" in response.text and "It takes effect at" in response.text
    assert "Long and careful words" in response.text


def test_who_lets_a_colleagues_decision_take_effect_is_on_record(desk, boris):
    submission = approved(boris)
    assert "“approved” has taken effect." in decide(desk, submission, "take_effect_now").text
    submission.refresh_from_db()
    assert submission.initiative is not None and not submission.is_held
    latest = submission.decisions.first()
    assert (latest.move, latest.decided_by_name, latest.from_status) == ("take_effect_now", "Amina", latest.to_status)


def test_too_late_to_undo_is_said(desk, moderator):
    submission = approved(moderator)
    take_effect(submission)
    assert "Already “approved”, by Amina" in decide(desk, submission, "undo").text


def test_problem_is_shown_with_what_to_do(desk, moderator):
    submission = approved(moderator)
    type(submission).objects.update(hold_problem="sources: Give at least one source.")
    html = desk.get(page_of(submission)).text
    assert "sources: Give at least one source." in html and "ask the contributor for changes" in html


# When


def test_at_once_while_deciding(desk):
    submission = make_submission()
    decide(desk, submission, "approve", at_once="on")
    submission.refresh_from_db()
    assert submission.initiative is not None and not submission.is_held


def test_approval_is_scheduled(desk):
    submission, at = make_submission(), timezone.now() + timedelta(days=3)
    decide(desk, submission, "approve", takes_effect_at=f"{at:%Y-%m-%dT%H:%M}")
    submission.refresh_from_db()
    assert submission.held_until == at.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("move", "days", "more", "words"),
    [
        ("approve", -1, {}, "This time is past."),
        ("approve", 91, {}, "Choose a time within the next 90 days."),
        ("approve", 1, {"at_once": "on"}, "Choose either a time or “At once”."),
        ("reject", 1, {"public_reason": "no"}, "This cannot be scheduled."),
    ],
)
def test_impossible_time_is_refused_at_its_field(desk, move, days, more, words):
    submission, at = make_submission(), timezone.now() + timedelta(days=days)
    response = decide(desk, submission, move, takes_effect_at=f"{at:%Y-%m-%dT%H:%M}", **more)
    assert response.context["form"].errors["takes_effect_at"] == [words] or words in response.text
    assert "takes_effect_at" in response.context["form"].errors
    assert submission.decisions.count() == 1


def test_nonsense_instead_of_a_time(desk):
    response = decide(desk, make_submission(), "approve", takes_effect_at="soon")
    assert "takes_effect_at" in response.context["form"].errors


def test_decision_that_could_not_take_effect_is_named_on_the_start_page(desk, boris):
    stuck, _well = approved(boris), approved(boris)
    assert "could not take effect" not in desk.get("/admin/").text
    type(stuck).objects.filter(pk=stuck.pk).update(hold_problem="The title is taken.")
    page = desk.get("/admin/").text
    assert "1 decision could not take effect" in page and f'href="{HELD}"' in page


def test_words_of_others_have_a_direction_of_their_own(desk, boris):
    submission = make_submission(title="عنوان")
    transition(submission, "reject", by=boris, public_reason="سبب", private_note="ملاحظة")
    page = desk.get(page_of(submission)).text
    assert "<bdi>Boris</bdi>" in page
    assert '<p dir="auto">سبب</p>' in page and '<p dir="auto">ملاحظة</p>' in page


# The list


def test_list_shows_what_is_held_the_soonest_first(desk, moderator, boris):
    later, soon = approved(boris, title="Later"), approved(moderator, title="Soon")
    type(later).objects.filter(pk=later.pk).update(held_until=timezone.now() + timedelta(days=2))
    approved_long_ago = approved(boris, title="In effect")
    take_effect(approved_long_ago)
    rows = desk.get(HELD).context["rows"]
    assert [(one.subject, is_mine) for one, _url, is_mine in rows] == [(soon, True), (later, False)]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_whatever_its_length(desk, boris, django_assert_num_queries, rows):
    for _number in range(rows):
        approved(boris)
    desk.get(HELD)
    with django_assert_num_queries(6):  # session, user, permissions twice, held, their decisions
        desk.get(HELD)


def test_own_one_is_undone_from_the_list(desk, moderator):
    submission = approved(moderator)
    response = desk.post(HELD, {"only": f"undo initiatives.submission-{submission.pk}"}, follow=True)
    assert "Undo: done for 1 of 1." in response.text
    submission.refresh_from_db()
    assert submission.status == "in_review"


def test_many_are_stopped_with_a_reason_that_is_asked_for(desk, boris):
    both = [approved(boris), approved(boris)]
    chosen = [f"initiatives.submission-{one.pk}" for one in both]
    asked = desk.post(HELD, {"move": "stop", "chosen": chosen})
    assert "“Stop” will be done for 2:" in asked.text and held_count() == 2
    assert "Give a reason." in desk.post(HELD, {"move": "stop", "chosen": chosen, "confirmed": "yes"}).text
    values = {"move": "stop", "chosen": chosen, "confirmed": "yes", "public_reason": "withdrawn"}
    assert "Stop: done for 2 of 2." in desk.post(HELD, values, follow=True).text
    assert held_count() == 0


def test_taking_effect_now_is_asked_first_and_says_what_cannot(desk, moderator, boris):
    mine, own = approved(boris), approved(boris, by=moderator)
    chosen = [f"initiatives.submission-{one.pk}" for one in (mine, own)]
    asked = desk.post(HELD, {"move": "take_effect_now", "chosen": chosen})
    assert [row.subject for row in asked.context["possible"]] == [mine]
    assert "You sent this yourself" in asked.text
    done = desk.post(HELD, {"move": "take_effect_now", "chosen": chosen, "confirmed": "yes"}, follow=True)
    assert "done for 1 of 2." in done.text and "You sent this yourself" in done.text
    mine.refresh_from_db()
    assert mine.initiative is not None


def test_nothing_chosen_and_what_is_gone(desk, moderator):
    submission = approved(moderator)
    assert "Choose at least one." in desk.post(HELD, {"move": "undo"}, follow=True).text
    take_effect(submission)
    gone = {"only": f"undo initiatives.submission-{submission.pk}"}
    assert "Nothing of this is held any more." in desk.post(HELD, gone, follow=True).text


@pytest.mark.parametrize("values", [{}, {"move": "approve"}, {"only": "delete initiatives.submission-1"}])
def test_list_takes_no_other_moves(desk, values):
    assert desk.post(HELD, values).status_code == 400


def test_list_is_for_moderators(client):
    client.force_login(UserFactory(is_staff=True))
    assert client.get(HELD).status_code == 403
    client.force_login(UserFactory())
    assert client.get(HELD).status_code == 302


def test_every_change_of_status_has_one_decision(desk, moderator, boris):
    submission = approved(boris)
    decide(desk, submission, "stop", public_reason="wait")
    decide(desk, submission, "approve")
    decide(desk, submission, "take_effect_now")
    steps = [
        (one.from_status, one.to_status) for one in Decision.objects.filter(object_id=submission.pk).order_by("pk")
    ]
    assert all(before[1] == after[0] for before, after in zip(steps, steps[1:], strict=False))
    assert steps[-1] == ("approved", "approved")
