"""A letter goes out once, and whatever happens to it is there to see."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from outbox import delivery
from outbox.chores import queue_waiting_letters
from outbox.delivery import PAUSES, STUCK, deliver, settle_interrupted
from outbox.models import Letter
from outbox.services import write

pytestmark = pytest.mark.django_db

CERTAIN = [
    smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"No such mailbox")}),
    smtplib.SMTPSenderRefused(451, b"Later", "us@example.org"),
    smtplib.SMTPDataError(554, b"Rejected"),
    ValueError("Header values can't contain newlines"),
]
AMBIGUOUS = [smtplib.SMTPServerDisconnected("gone"), TimeoutError("timed out"), ConnectionResetError(), KeyError("x")]


class Backend(BaseEmailBackend):
    """A mail server that fails as it is told."""

    opening: Exception | None = None
    sending: Exception | None = None

    def open(self):
        if self.opening:
            raise self.opening

    def send_messages(self, messages):
        if self.sending:
            raise self.sending
        mail.outbox.extend(messages)
        return len(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Backend"
    monkeypatch.setattr(delivery, "get_connection", Backend)

    def fails(opening=None, sending=None):
        monkeypatch.setattr(Backend, "opening", opening)
        monkeypatch.setattr(Backend, "sending", sending)

    return fails


def make_letter(**fields) -> Letter:
    """A letter that waits and has no task."""
    fields = {"subject": "S", "body": "B", "recipient": "a@example.org", "due_at": timezone.now(), **fields}
    number = Letter.objects.count()
    return Letter.objects.create(**{"message_id": f"<{number}@example.org>", **fields})


def delivered(letter: Letter) -> Letter:
    deliver(letter.pk)
    letter.refresh_from_db()
    return letter


def test_letter_is_sent_with_its_message_id(mailoutbox):
    letter = delivered(make_letter(headers={"List-Id": "x"}))
    assert (letter.state, letter.tries, letter.body) == ("sent", 1, "B") and letter.sent_at
    (sent,) = mailoutbox
    said = sent.message()
    assert (said["Message-ID"], said["Auto-Submitted"], said["List-Id"]) == ("<0@example.org>", "auto-generated", "x")


def test_letter_is_sent_once(mailoutbox):
    letter = make_letter()
    assert (deliver(letter.pk), deliver(letter.pk), len(mailoutbox)) == ("sent", "left alone", 1)


def test_code_is_forgotten_when_it_is_sent(mailoutbox):
    letter = write("Your code", "123456", "a@example.org", is_secret=True)
    letter.refresh_from_db()
    assert (letter.state, letter.body) == ("sent", "") and "123456" in mailoutbox[0].body


@pytest.mark.parametrize("state", ["sent", "uncertain", "failed", "stopped"])
def test_only_what_waits_is_sent(mailoutbox, state):
    assert delivered(make_letter(state=state)).state == state
    assert mailoutbox == []


def test_letter_that_is_not_due_waits(mailoutbox):
    later = timezone.now() + timedelta(minutes=5)
    assert delivered(make_letter(due_at=later)).state == "waiting" and mailoutbox == []


@pytest.mark.parametrize("error", CERTAIN, ids=lambda error: type(error).__name__)
def test_letter_that_was_certainly_not_sent_is_tried_later(server, error):
    server(sending=error)
    letter = delivered(make_letter())
    assert (letter.state, letter.tries) == ("waiting", 1)
    assert letter.problem and letter.due_at > timezone.now() + timedelta(seconds=50)


@pytest.mark.parametrize("error", [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPServerDisconnected("x")])
def test_server_that_cannot_be_reached_has_no_letter(server, error):
    server(opening=error)
    assert delivered(make_letter()).state == "waiting"


@pytest.mark.parametrize("error", AMBIGUOUS, ids=lambda error: type(error).__name__)
def test_letter_that_was_perhaps_sent_is_left_to_people(server, mailoutbox, error):
    server(sending=error)
    letter = delivered(make_letter())
    server()
    assert (letter.state, deliver(letter.pk), mailoutbox) == ("uncertain", "left alone", [])


def test_pauses_grow_until_it_is_given_up(server):
    server(opening=ConnectionRefusedError("no"))
    letter, waits = make_letter(), []
    while delivered(letter).state == "waiting":
        waits.append(round((letter.due_at - timezone.now()).total_seconds() / 60))
        Letter.objects.update(due_at=timezone.now())
    assert waits == [pause.total_seconds() / 60 for pause in PAUSES] == [1, 5, 30, 120, 720]
    assert (letter.state, letter.tries) == ("failed", 6)


def test_staff_read_what_the_server_said(server):
    server(sending=CERTAIN[0])
    assert delivered(make_letter()).problem == "550 No such mailbox"


def test_impossible_header_is_no_letter_half_sent(mailoutbox):
    letter = delivered(make_letter(headers={"X-Thing": "a\nb"}))
    assert (letter.state, mailoutbox) == ("waiting", []) and "BadHeaderError" in letter.problem


def test_letter_that_a_crash_left_becomes_uncertain(mailoutbox):
    letter = make_letter(state="sending", sending_since=timezone.now())
    assert settle_interrupted() == 1
    letter.refresh_from_db()
    assert letter.state == "uncertain" and letter.problem


def test_task_that_comes_back_after_a_crash_sends_nothing(mailoutbox):
    letter = make_letter(state="sending", sending_since=timezone.now())
    assert (delivered(letter).state, mailoutbox) == ("uncertain", [])


@pytest.mark.parametrize(("since", "count"), [(timedelta(seconds=1), 0), (STUCK + timedelta(seconds=1), 1)])
def test_letter_that_somebody_is_sending_is_left_alone_until_it_hangs(monkeypatch, since, count):
    make_letter(state="sending", sending_since=timezone.now() - since)
    monkeypatch.setattr("outbox.locks._ask", lambda *args: False)
    assert settle_interrupted() == count


def test_sender_that_was_given_up_too_early_knows_better():
    """It hung, was taken for dead, and then the server said yes."""
    letter = make_letter(state="uncertain", sending_since=timezone.now())
    delivery._note(letter, "sent", sent_at=timezone.now())
    assert Letter.objects.get().state == "sent"


def test_late_news_of_an_earlier_try_change_nothing():
    letter = make_letter(state="sending", sending_since=timezone.now() - timedelta(hours=1))
    Letter.objects.update(sending_since=timezone.now())
    assert delivery._note(letter, "sent") == 0 and Letter.objects.get().state == "sending"


def test_lost_and_failed_letters_get_a_task(mailoutbox):
    make_letter()
    make_letter(due_at=timezone.now() + timedelta(hours=1))
    make_letter(tries=2, priority=50, subject="First")
    assert queue_waiting_letters() == "2 letters to try"
    assert [sent.subject for sent in mailoutbox] == ["First", "S"]


def test_letter_with_a_task_gets_no_second_one(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    make_letter()
    assert [queue_waiting_letters() for _time in range(2)] == ["1 letters to try", "0 letters to try"]
