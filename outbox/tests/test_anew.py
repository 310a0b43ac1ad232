"""Letters that are written anew in the moment they leave, whatever room writes them."""

import pytest

from outbox import anew
from outbox.models import Letter
from outbox.services import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def writes(monkeypatch):
    """Let letters of the kind "told" be written by this function."""
    monkeypatch.setattr(anew, "_writers", {})
    return anew.writes("told")


def test_what_is_sent_and_kept_is_what_the_room_says_then(writes, mailoutbox):
    writes(lambda letter: {"subject": "New", "body": f"Of {letter.about['row']}", "recipient": "b@example.org"})
    letter = write("Old", "Old", "a@example.org", kind="told", about={"row": 7})
    (sent,) = mailoutbox
    assert (sent.subject, sent.body, sent.to) == ("New", "Of 7", ["b@example.org"])
    letter.refresh_from_db()
    assert (letter.state, letter.subject, letter.recipient) == ("sent", "New", "b@example.org")


def test_what_nobody_is_to_get_is_deleted_and_may_be_written_again(writes, mailoutbox):
    said = iter([None, {}])
    writes(lambda letter: next(said))
    for count in (0, 1):
        assert write("A", "B", "a@example.org", kind="told", occasion="x-1") is not None
        assert Letter.objects.count() == len(mailoutbox) == count


def test_a_letter_that_was_deleted_meanwhile_is_not_sent(writes, mailoutbox):
    def deletes(letter):
        Letter.objects.filter(pk=letter.pk).delete()
        return {"body": "New"}

    writes(deletes)
    write("A", "B", "a@example.org", kind="told")
    assert mailoutbox == []


def test_what_fails_while_it_is_written_is_tried_again(writes, mailoutbox):
    def fails(letter):
        raise KeyError("x")

    writes(fails)
    letter = write("A", "B", "a@example.org", kind="told")
    letter.refresh_from_db()
    assert (letter.state, letter.problem, mailoutbox) == ("waiting", "KeyError: 'x'", [])


def test_letters_without_a_kind_leave_as_they_were_written(writes, mailoutbox):
    write("A", "B", "a@example.org")
    assert mailoutbox[0].body == "B"
