"""Letters are written once, forgotten in time, and handled by staff with a right to."""

import types
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outbox.chores import CODES_KEPT, KEPT, forget_old_letters
from outbox.models import Job, Letter
from outbox.services import Troubles, send_again, stop, troubles, write

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def person(*rights: str):
    """Somebody with these rights."""
    return types.SimpleNamespace(has_perm=lambda right: right in rights)


MODERATOR = person("outbox.change_letter")
ADMINISTRATOR = person("outbox.change_letter", "outbox.change_job")


def letter_in(state: str, **fields) -> Letter:
    letter = write("Subject", "Text", "a@example.org", occasion=fields.pop("occasion", ""))
    Letter.objects.filter(pk=letter.pk).update(state=state, **fields)
    letter.refresh_from_db()
    return letter


@pytest.mark.django_db
def test_occasion_is_told_of_once(mailoutbox):
    assert write("A", "B", "a@example.org", occasion="x-1") is not None
    assert write("A", "B", "a@example.org", occasion="x-1") is None
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_letter_that_cannot_be_kept_is_no_letter_told_of(monkeypatch):
    monkeypatch.setattr("outbox.services.uuid.uuid4", lambda: types.SimpleNamespace(hex="same"))
    write("A", "B", "a@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        write("A", "B", "a@example.org", occasion="x-1")


@pytest.mark.django_db(transaction=True)
def test_rolled_back_transaction_sends_nothing(settings, mailoutbox):
    settings.TASKS = QUEUE
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write("A", "B", "a@example.org")
        raise ZeroDivisionError
    assert (Letter.objects.count(), DBTaskResult.objects.count(), mailoutbox) == (0, 0, [])


@pytest.mark.django_db(transaction=True)
def test_workers_see_nothing_before_commit(settings, mailoutbox, elsewhere):
    settings.TASKS = QUEUE
    with transaction.atomic():
        write("A", "B", "a@example.org")
        assert elsewhere(lambda: (Letter.objects.count(), DBTaskResult.objects.count())) == (0, 0)
    assert elsewhere(lambda: (Letter.objects.count(), DBTaskResult.objects.ready().count())) == (1, 1)
    assert mailoutbox == []


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["uncertain", "failed", "stopped"])
def test_send_again_keeps_the_message_id(mailoutbox, state):
    letter = letter_in(state, tries=6)
    assert send_again(letter, by=MODERATOR)
    assert (letter.state, letter.tries) == ("sent", 1)
    first, second = (sent.message()["Message-ID"] for sent in mailoutbox)
    assert first == second == letter.message_id


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "fields"), [("sent", {}), ("sending", {}), ("uncertain", {"body": ""})])
def test_send_again_is_refused_where_it_makes_no_sense(mailoutbox, state, fields):
    letter = letter_in(state, **fields)
    assert not send_again(letter, by=ADMINISTRATOR)
    assert (letter.state, len(mailoutbox)) == (state, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "stops"), [("waiting", 1), ("uncertain", 1), ("failed", 1), ("sent", 0), ("sending", 0)]
)
def test_stop_lets_a_letter_rest(state, stops):
    letter = letter_in(state)
    assert stop(letter, by=MODERATOR) == bool(stops)
    assert letter.state == ("stopped" if stops else state)


@pytest.mark.django_db
@pytest.mark.parametrize("move", [stop, send_again])
def test_codes_are_left_to_administrators(move):
    letter = letter_in("uncertain", is_secret=True)
    for nobody in (MODERATOR, person()):
        with pytest.raises(PermissionDenied):
            move(letter, by=nobody)
    assert move(letter, by=ADMINISTRATOR)


def make_old(letter: Letter, age: timedelta) -> None:
    Letter.objects.filter(pk=letter.pk).update(created_at=timezone.now() - age - timedelta(minutes=1))


@pytest.mark.django_db
def test_letters_are_forgotten_but_not_their_occasions():
    make_old(letter_in("sent"), KEPT)
    make_old(letter_in("stopped", occasion="x-1"), KEPT)
    make_old(letter_in("waiting", occasion="x-2"), KEPT)
    letter_in("sent", occasion="x-3")
    assert forget_old_letters() == "2 letters forgotten"
    left = list(Letter.objects.order_by("occasion").values_list("occasion", "state", "recipient", "body"))
    kept = ("a@example.org", "Text")
    assert left == [("x-1", "stopped", "", ""), ("x-2", "waiting", *kept), ("x-3", "sent", *kept)]
    assert write("A", "B", "a@example.org", occasion="x-1") is None
    assert forget_old_letters() == "0 letters forgotten"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["uncertain", "failed"])
def test_letters_that_nobody_has_dealt_with_stay(state):
    """And the clock says of none that staff have stopped it."""
    letter = letter_in(state, occasion="x-1")
    make_old(letter, 2 * KEPT)
    assert forget_old_letters() == "0 letters forgotten"
    letter.refresh_from_db()
    assert (letter.state, letter.recipient, letter.body) == (state, "a@example.org", "Text")
    assert stop(letter, by=MODERATOR) and forget_old_letters() == "1 letters forgotten"


@pytest.mark.django_db
def test_codes_that_were_not_sent_are_forgotten_sooner():
    for state in ("uncertain", "waiting"):
        make_old(letter_in(state, is_secret=True), CODES_KEPT)
    make_old(letter_in("uncertain"), CODES_KEPT)
    forget_old_letters()
    assert list(Letter.objects.order_by("pk").values_list("body", flat=True)) == ["", "Text", "Text"]


@pytest.mark.django_db
def test_troubles_are_counted_in_one_query(django_assert_num_queries):
    for state in ("uncertain", "uncertain", "failed", "sent", "waiting"):
        letter_in(state)
    for number, name in enumerate(["forget_old_letters", "queue_waiting_letters", "of_old_code"]):
        Job.objects.create(name=name, due_at=timezone.now(), failures=min(1, number))
    with django_assert_num_queries(1):
        assert troubles() == Troubles(uncertain=2, given_up=1, failing_jobs=1)


@pytest.mark.django_db
def test_no_troubles_are_zero():
    assert troubles() == Troubles(0, 0, 0)
