"""Between the writing of a letter and its leaving: what became of the post, of the person, and of their wishes."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.leaving import leave
from accounts.models import User
from forum import services
from forum.models import Notice, Topic
from forum.services import standing, telling
from forum.tests.things import board, post_reply, post_topic, private_board
from forum.tests.told import letters_to, member
from moderation.services import transition
from outbox import anew, delivery
from outbox.models import Letter
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def refusing(monkeypatch):
    """A mail server that takes nothing until it is told to."""

    def refuse(*args) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", refuse, raising=False)
    return lambda: monkeypatch.setattr(EmailBackend, "open", lambda self: None, raising=False)


def waiting(person: User) -> Letter:
    """Write what is due, and let the mail server refuse it."""
    letters_to(person)
    letter = Letter.objects.get(recipient=person.email)
    delivery.deliver(letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == ("waiting", 1)
    return letter


def again(letter: Letter) -> list[mail.EmailMessage]:
    """Try once more; return what has been sent to anybody."""
    mail.outbox.clear()
    Letter.objects.filter(pk=letter.pk).update(due_at=timezone.now())
    delivery.deliver(letter.pk)
    return mail.outbox


def hide(thing) -> None:
    transition(thing, "hide", by=ModeratorFactory(), public_reason="x")


def switch_off(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


HAPPENS = {
    "post hidden": lambda post, person: hide(post),
    "topic hidden": lambda post, person: hide(post.topic),
    "post deleted": lambda post, person: services.delete_post(post, by=post.author),
    "moved out of sight": lambda post, person: services.move(post.topic, private_board(), by=ModeratorFactory()),
    "no mail any more": lambda post, person: services.choose_mail(person, mail="never"),
    "topic switched off": lambda post, person: services.follow(post.topic, by=person, on=False),
    "person switched off": lambda post, person: switch_off(person),
    "address not confirmed": lambda post, person: EmailAddress.objects.filter(user=person).update(verified=False),
    "person left": lambda post, person: leave(person),
    "post read": lambda post, person: services.read(Topic.objects.get(pk=post.topic_id), post.number, by=person),
}


@pytest.fixture
def reader():
    """Somebody who has been there for a while."""
    person = member()
    User.objects.filter(pk=person.pk).update(date_joined=timezone.now() - timedelta(days=9))
    person.refresh_from_db()
    return person


@pytest.mark.parametrize("what", HAPPENS)
def test_a_letter_that_waits_does_not_leave_any_more_when(topic, reader, refusing, what):
    services.follow(topic, by=reader)
    post = post_reply(topic, body="Words of quokkas.")
    letter = waiting(reader)
    HAPPENS[what](post, reader)
    refusing()
    assert again(letter) == []
    assert not Letter.objects.filter(pk=letter.pk).exists()


def test_a_letter_that_waits_leaves_else_and_says_what_the_post_says_by_now(topic, follower, refusing):
    post = post_reply(topic, body="Words of quokkas.")
    letter = waiting(follower)
    services.edit_post(post, by=post.author, body="Words of numbats.", revision=1)
    refusing()
    (sent,) = again(letter)
    assert "Words of numbats." in sent.body and "quokkas" not in sent.body
    letter.refresh_from_db()
    assert letter.state == "sent" and letter.body == sent.body


def test_it_goes_to_the_address_of_now(topic, follower, refusing):
    post_reply(topic)
    letter = waiting(follower)
    EmailAddress.objects.filter(user=follower).update(email="new@example.org")
    User.objects.filter(pk=follower.pk).update(email="new@example.org")
    refusing()
    (sent,) = again(letter)
    assert sent.to == ["new@example.org"]
    assert follower.email not in str(sent.message())


def test_a_post_that_was_hidden_while_its_letter_waited_is_told_when_it_is_back(topic, follower, refusing):
    post = post_reply(topic)
    letter = waiting(follower)
    hide(post)
    refusing()
    assert again(letter) == []
    transition(post, "restore", by=ModeratorFactory())
    (written,) = letters_to(follower)
    assert [sent.to for sent in mail.outbox].count([follower.email]) == 1 and written.state == "sent"


def test_a_digest_that_waits_tells_the_rest(topic, refusing):
    person = member("daily")
    services.follow(topic, by=person)
    hidden = [post_reply(topic, body=f"Words of quokkas {number}.") for number in range(2)]
    kept = post_reply(topic, body="Words of numbats.")
    hidden.append(post_reply(topic, body="Words of quokkas too."))
    letter = waiting(person)
    assert letter.subject == "The forum today: 4 new posts"
    for post in hidden:
        hide(post)
    refusing()
    (sent,) = again(letter)
    assert sent.subject == "The forum today: 1 new post"
    assert kept.get_absolute_url() in sent.body and "quokkas" not in sent.body
    for post in hidden:
        transition(post, "restore", by=ModeratorFactory())
    later = letters_to(person)[-1]
    assert later.subject == "The forum today: 3 new posts" and "numbats" not in later.body


def test_a_letter_to_an_author_goes_to_the_address_of_now_and_not_to_who_is_switched_off(topic, refusing):
    one, two = member(), member()
    letters = []
    for author in (one, two):
        hide(post_reply(topic, by=author))
        letters.append(Letter.objects.get(recipient=author.email, kind="forum-decision"))
    User.objects.filter(pk=one.pk).update(email="new@example.org")
    switch_off(two)
    refusing()
    assert [sent.to for sent in again(letters[0])] == [["new@example.org"]]
    assert again(letters[1]) == []


def test_a_letter_that_cannot_be_written_anew_waits_and_is_given_up_in_the_end(topic, follower, refusing, monkeypatch):
    post_reply(topic)
    letter = waiting(follower)
    monkeypatch.setattr(anew, "_writers", {})
    refusing()
    assert again(letter) == []
    letter.refresh_from_db()
    assert letter.state == "waiting" and "forum-post" in letter.problem


def test_two_rooms_do_not_write_letters_of_one_kind():
    with pytest.raises(ValueError, match="two rooms"):
        anew.writes("forum-post")(lambda letter: None)


# Hidden for a while


@pytest.mark.parametrize("mail", ["at_once", "daily", "weekly"])
@pytest.mark.parametrize("what", ["post", "topic"])
def test_what_was_hidden_when_it_was_due_is_told_when_it_is_back(topic, mail, what):
    person = member(mail)
    services.follow(topic, by=person)
    post = post_reply(topic)
    thing = post if what == "post" else topic
    hide(thing)
    assert letters_to(person) == []
    notice = Notice.objects.get(user=person)
    assert notice.settled_at is None and notice.due_at > timezone.now()  # nobody looks at it all the time
    thing.refresh_from_db()
    transition(thing, "restore", by=ModeratorFactory())
    assert len(letters_to(person)) == 1
    assert len(letters_to(person)) == 1


def test_what_stays_hidden_is_settled_in_the_end(topic, follower):
    hide(post_reply(topic))
    Notice.objects.update(made_at=timezone.now() - standing.MAY_RETURN)
    assert letters_to(follower) == []
    assert not Notice.objects.filter(settled_at=None).exists()


def test_what_is_switched_off_between_post_and_digest_is_not_told(topic):
    person = member("daily")
    services.follow(board(), by=person)
    services.follow(topic, by=person)
    post_reply(topic)
    services.follow(topic, by=person, on=False)
    assert letters_to(person) == []
    post_topic()
    services.follow(board(), by=person, on=False)
    assert letters_to(person) == []
    assert telling.tell_due() == 0
