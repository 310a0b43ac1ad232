"""Whom a post is told to, when, once, and in which letter."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum import letters, mail_times, services
from forum.models import Follow, Notice, Post
from forum.services import noticing, telling
from forum.tests.things import approve, board, known_member, post_reply, post_topic, private_board
from forum.tests.told import letters_to, member
from moderation.services import transition
from outbox.models import Letter
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_follower_of_the_topic_gets_the_post(topic, follower):
    post = post_reply(topic, body="We **asked** for a plan.")
    letter = letters_to(follower)[0]
    assert "We asked for a plan." in letter.body
    assert f"http://testserver{post.get_absolute_url()}" in letter.body
    assert post.author.name in letter.body
    assert (letter.subject, letter.recipient) == (f"[{board().label}] {topic.title}", follower.email)


def test_a_follower_of_the_board_gets_topics_and_replies_but_not_of_a_topic_that_is_off(follower):
    services.follow(board(), by=follower)
    topic = post_topic().topic
    post_reply(topic)
    assert len(letters_to(follower)) == 2
    services.follow(topic, by=follower, on=False)
    post_reply(topic)
    assert len(letters_to(follower)) == 2


def test_who_is_answered_and_who_is_mentioned_is_told(topic):
    author, named = member(), member(handle="amina")
    post_topic(by=named)
    services.choose_mail(author, mail="at_once", follows_own=False)
    first = post_reply(topic, by=author)
    Follow.objects.filter(user=author).delete()
    services.reply(topic, by=known_member(), body="As @amina said.", key=uuid.uuid4(), reply_to=first)
    assert "a reply to you" in letters_to(author)[0].body
    assert "you are mentioned" in letters_to(named)[0].body


def test_several_reasons_are_one_letter_and_the_first_one_stands(topic):
    person = member(handle="amina")
    post_topic(by=person)
    services.follow(topic, by=person)
    services.follow(board(), by=person)
    post_reply(topic, body="As @amina said.")
    assert ["you are mentioned" in letter.body for letter in letters_to(person)] == [True]


def test_nobody_is_told_of_their_own_posts(topic, follower):
    post_reply(topic, by=follower)
    assert letters_to(follower) == []


def test_nothing_is_told_twice(topic, follower):
    post = post_reply(topic)
    assert len(letters_to(follower)) == 1
    noticing.make_notices(post.pk)
    Notice.objects.update(settled_at=None)  # as if the process had died before it noted that
    assert len(letters_to(follower)) == 1
    transition(post, "hide", by=ModeratorFactory(), public_reason="x")
    transition(post, "restore", by=ModeratorFactory())
    assert len(letters_to(follower)) == 1


def test_what_waits_is_told_when_it_is_approved(topic, follower):
    post = post_reply(topic, by=UserFactory(), body="The first post of a new member.")
    assert letters_to(follower) == []
    approve(post)
    assert "The first post of a new member." in letters_to(follower)[0].body


@pytest.mark.parametrize("what", ["hide", "delete", "topic"])
def test_what_is_not_public_any_more_is_not_told(topic, follower, what):
    post = post_reply(topic)
    if what == "delete":
        services.delete_post(post, by=post.author)
    else:
        transition(post if what == "hide" else topic, "hide", by=ModeratorFactory(), public_reason="x")
    assert letters_to(follower) == []
    assert Notice.objects.filter(settled_at=None).exists() == (what != "delete")  # it may come back


def test_what_is_read_already_is_not_told(topic, follower):
    User.objects.filter(pk=follower.pk).update(date_joined=timezone.now() - timedelta(days=9))
    follower.refresh_from_db()
    post = post_reply(topic)
    topic.refresh_from_db()
    services.read(topic, post.number, by=follower)
    assert letters_to(follower) == []


def test_who_may_not_read_the_board_any_more_is_not_told():
    inside, author = member(), member()
    group = private_board(inside, author)
    services.follow(group, by=inside)
    post_topic(on=group, by=author)
    assert len(letters_to(inside)) == 1
    post_topic(on=group, by=author)
    group.members.remove(inside)
    assert len(letters_to(inside)) == 1
    post_topic(on=group, by=author)
    assert not Notice.objects.filter(user=inside, settled_at=None).exists()


def test_who_never_wants_mail_or_has_no_confirmed_address_gets_none(topic):
    never, unconfirmed = member("never"), UserFactory(confirmed=False)
    for person in (never, unconfirmed):
        services.follow(topic, by=person)
    post_reply(topic)
    assert letters_to(never) == letters_to(unconfirmed) == []


def test_who_follows_later_is_not_told_of_what_was_said_before(topic):
    post, late = post_reply(topic), member()
    services.follow(topic, by=late)
    noticing.make_notices(post.pk)
    assert letters_to(late) == []


def test_what_became_public_long_ago_is_told_to_nobody(topic, follower):
    post = post_reply(topic)
    Notice.objects.all().delete()
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now() - noticing.STALE)
    assert noticing.make_notices(post.pk) == 0


# Headers


def test_letters_of_a_topic_are_one_conversation_and_end_with_one_click(topic, follower):
    first = post_reply(topic)
    services.reply(topic, by=known_member(), body="Thank you.", key=uuid.uuid4(), reply_to=first)
    one, two = letters_to(follower)
    assert one.message_id == f"<forum-post-{first.pk}-{follower.pk}@testserver>"
    assert (
        one.headers["References"] == one.headers["In-Reply-To"] == f"<forum-topic-{topic.pk}-{follower.pk}@testserver>"
    )
    assert two.headers["In-Reply-To"] == one.message_id
    assert two.headers["References"].split() == [one.headers["References"], one.message_id]
    assert one.headers["List-Id"] == "<forum.testserver>"
    assert one.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = one.headers["List-Unsubscribe"]
    assert address.startswith("<http://testserver/forum/settings/") and address.strip("<>") in one.body
    assert one.priority < 0


def test_the_headers_are_sent(topic, follower, mailoutbox):
    post_reply(topic)
    letter = letters_to(follower)[0]
    from outbox.delivery import deliver

    deliver(letter.pk)
    sent = [mail for mail in mailoutbox if mail.to == [follower.email]][-1].message()
    for name in ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "References", "Auto-Submitted", "Precedence"):
        assert sent[name], name
    assert sent["Message-ID"] == letter.message_id


def test_a_letter_is_in_the_language_of_the_person(topic):
    person = member(language="ar")
    services.follow(topic, by=person)
    post_reply(topic, body="طلبنا خطة من كل مشغّل.")
    assert "طلبنا خطة من كل مشغّل." in letters_to(person)[0].body


# Digests


def digest(person: User) -> Letter:
    (letter,) = letters_to(person)
    return letter


def test_a_digest_tells_first_what_is_said_to_the_person_then_topic_by_topic():
    person = member("daily", handle="amina")
    post_topic(by=person)
    services.follow(board(), by=person)
    one, two = (post_topic(title=f"Topic zq{number}").topic for number in "ab")
    for topic in (one, two, one):
        post_reply(topic, body="Plain answer.")
    post_reply(two, body="A word to @amina.")
    body = digest(person).body
    assert body.index("A word to @amina.") < body.index("Topic zqa")
    assert body.count("Topic zqa") == body.count("Topic zqb") == 1


def test_a_digest_has_an_end(topic):
    person = member("weekly")
    services.follow(topic, by=person)
    author = known_member()
    for number in range(letters.ITEMS_MAX + 2):
        post_reply(topic, by=author, body=f"Answer zq{number}.")
    letter = digest(person)
    assert letter.subject == "The forum this week: 32 new posts"
    assert letter.body.count("/forum/p/") == letters.ITEMS_MAX
    assert "And 2 more:" in letter.body


def test_a_digest_says_nothing_of_what_was_hidden_meanwhile(topic):
    person = member("daily")
    services.follow(topic, by=person)
    hidden, kept = post_reply(topic, body="Hidden later."), post_reply(topic, body="Kept as it was.")
    transition(hidden, "hide", by=ModeratorFactory(), public_reason="x")
    letter = digest(person)
    assert "Hidden later." not in letter.body and kept.get_absolute_url() in letter.body
    assert "1 new post" in letter.subject


def test_nobody_said_is_a_digest_a_day_and_waits_for_the_morning(topic):
    person = known_member()
    services.follow(topic, by=person)
    post_reply(topic)
    telling.tell_due()
    assert not Letter.objects.filter(recipient=person.email).exists()
    assert Notice.objects.get(user=person).due_at == mail_times.due("daily", timezone.now())


@pytest.mark.parametrize(
    ("mail", "now", "due"),
    [
        ("at_once", "2026-11-22T21:00", "2026-11-22T21:00"),
        ("daily", "2026-11-22T21:00", "2026-11-23T06:00"),
        ("daily", "2026-11-22T05:59", "2026-11-22T06:00"),
        ("weekly", "2026-11-22T21:00", "2026-11-23T06:00"),  # Sunday to Monday
        ("weekly", "2026-11-23T06:00", "2026-11-30T06:00"),
    ],
)
def test_letters_come_at_their_time(mail, now, due):
    found = mail_times.due(mail, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)
