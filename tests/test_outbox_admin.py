"""What staff see of letters and jobs, and what they do with them."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from outbox import clock
from outbox.admin import _in_words
from outbox.models import Job, Letter
from outbox.services import write
from tests.factories import ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

LETTERS, JOBS = "admin:outbox_letter_changelist", "admin:outbox_job_changelist"


@pytest.fixture
def office(client):
    """An administrator who has signed in."""
    client.force_login(ModeratorFactory(group="Administrator", name="Ada"))
    return client


def letter_in(state: str, *, body: str = "Your measure was approved.", is_secret: bool = False) -> Letter:
    letter = write("About your measure", body, "reader@example.org")
    Letter.objects.filter(pk=letter.pk).update(state=state, is_secret=is_secret)
    letter.refresh_from_db()
    return letter


def page_of(client, letter: Letter) -> str:
    return client.get(reverse("admin:outbox_letter_change", args=[letter.pk])).text


def act(client, where: str, action: str, *keys) -> str:
    return client.post(reverse(where), {"action": action, "_selected_action": keys}, follow=True).text


def test_moderators_read_letters_but_no_code(desk):
    assert "Your measure was approved." in page_of(desk, letter_in("sent"))
    page = page_of(desk, letter_in("uncertain", body="Code 123456", is_secret=True))
    assert "123456" not in page and "it carries a code" in page


def test_age_of_what_nobody_has_dealt_with_is_shown(desk):
    letter = letter_in("failed")
    Letter.objects.filter(pk=letter.pk).update(created_at=timezone.now() - timedelta(days=63))
    page = desk.get(reverse(LETTERS)).text
    assert "given up, written 2\xa0months ago" in page.replace("2\xa0months, 1\xa0day", "2\xa0months")


def test_administrators_read_no_code_either(office):
    assert "123456" not in page_of(office, letter_in("uncertain", body="Code 123456", is_secret=True))


@pytest.mark.parametrize("before", ["/answer/", "/answer/?token=", "/a/still-in-force/?x=1&t="])
def test_addresses_that_act_for_the_reader_are_cut_off(desk, before):
    signature = "MTcuc3RpbGw:1tXyZa:" + "q" * 43
    page = page_of(desk, letter_in("sent", body=f"Open https://portal.example{before}{signature}&z=1 or not.\n"))
    assert "https://portal.example" in page and "or not." in page
    assert "MTcuc3RpbGw" not in page and "qqqq" not in page


def test_text_of_a_letter_is_no_html(desk):
    assert "<b>" not in page_of(desk, letter_in("sent", body="<b>bold</b>"))


def test_uncertain_letter_is_sent_again_and_says_by_whom(desk, mailoutbox):
    letter = letter_in("uncertain")
    assert "Sent again: 1 of 1 letters." in act(desk, LETTERS, "send_again", letter.pk)
    assert len(mailoutbox) == 2 and Letter.objects.get().state == "sent"
    entry = LogEntry.objects.get()
    assert (entry.user.name, entry.object_id, str(entry.get_change_message())) == (
        "Amina",
        str(letter.pk),
        "Sent again",
    )
    history = desk.get(reverse("admin:outbox_letter_history", args=[letter.pk])).text
    assert "Sent again" in history and "Amina" in history


def test_letter_that_waits_is_stopped(desk):
    assert "Stopped: 1 of 2 letters." in act(desk, LETTERS, "stop", letter_in("waiting").pk, letter_in("sent").pk)
    assert set(Letter.objects.values_list("state", flat=True)) == {"stopped", "sent"}


def test_moderators_leave_codes_to_administrators(desk, mailoutbox):
    letter = letter_in("uncertain", is_secret=True)
    assert "Letters with codes are left to administrators: 1." in act(desk, LETTERS, "send_again", letter.pk)
    assert len(mailoutbox) == 1 and not LogEntry.objects.exists()


def test_letters_are_found_by_state_and_by_reader(desk):
    letter_in("uncertain"), letter_in("sent")
    lists = [desk.get(reverse(LETTERS) + query) for query in ("?state__exact=uncertain", "?q=reader@", "?q=nobody")]
    assert [len(found.context["cl"].result_list) for found in lists] == [1, 2, 0]


def test_list_of_letters_costs_the_same_for_one_and_three(desk, django_assert_num_queries):
    desk.get(reverse(LETTERS))
    for count in (1, 2):
        for _row in range(count):
            letter_in("sent")
        with django_assert_num_queries(6):
            desk.get(reverse(LETTERS))


def test_job_is_paused_and_resumed_and_says_by_whom(office):
    clock.wind()
    assert "Paused: 1 jobs." in act(office, JOBS, "pause", "forget_old_letters")
    assert "forget_old_letters" not in clock.due()
    act(office, JOBS, "resume", "forget_old_letters")
    assert "forget_old_letters" in clock.due()
    entries = LogEntry.objects.order_by("pk").values_list("user__name", "object_id")
    assert list(entries) == [("Ada", "forget_old_letters")] * 2


def test_job_runs_now(office):
    clock.wind()
    Job.objects.update(due_at=timezone.now() + timedelta(days=1))
    act(office, JOBS, "run_now", "forget_old_letters")
    assert clock.due() == ["forget_old_letters"]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, "never run"),
        ({"finished_at": timezone.now()}, "well"),
        ({"started_at": timezone.now()}, "running"),
        ({"finished_at": timezone.now(), "failures": 2}, "fails"),
        ({"failures": 2, "is_paused": True}, "paused"),
    ],
)
def test_jobs_say_how_they_fare(office, fields, word):
    Job.objects.create(name="forget_old_letters", due_at=timezone.now(), **fields)
    assert f"</span>&nbsp;{word}</td>" in office.get(reverse(JOBS)).text


def test_job_that_left_the_code_is_not_shown(office):
    Job.objects.create(name="of_old_code", due_at=timezone.now())
    assert "of_old_code" not in office.get(reverse(JOBS)).text.replace(" ", "_")


def test_list_of_jobs_costs_the_same_for_one_and_three(office, django_assert_num_queries):
    for names in (["forget_old_letters"], ["queue_waiting_letters", "forget_finished_tasks"]):
        Job.objects.bulk_create([Job(name=name, due_at=timezone.now()) for name in names])
        office.get(reverse(JOBS))
        with django_assert_num_queries(6):
            office.get(reverse(JOBS))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=10), "10 seconds"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=6), "6 hours"),
        (timedelta(days=1), "1 day"),
    ],
)
def test_periods_are_words(span, words):
    assert _in_words(span) == words
