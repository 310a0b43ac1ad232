"""Whom an edit names is told once, when the edit is public; whom the post named before is not told again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum import services
from forum.models import Mention, Notice, Post
from forum.services import noticing
from forum.tests.things import approve, known_member, post_reply, post_topic
from forum.tests.told import letters_to, member
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina():
    return named("amina")


def named(handle: str, mail: str = "at_once"):
    person = member(mail, handle=handle)
    post_topic(by=person)
    return person


def edited(post: Post, body: str) -> Post:
    return services.edit_post(post, by=post.author, body=body, revision=post.revision)


def test_a_mention_added_by_an_edit_is_told_once(topic, amina):
    post = post_reply(topic, body="We asked for a plan.")
    assert letters_to(amina) == []
    edited(post, "We asked for a plan, as @amina did.")
    (letter,) = letters_to(amina)
    assert "you are mentioned, since an edit" in letter.body and "as @amina did" in letter.body
    edited(post, "We asked for a plan, as @amina and others did.")
    assert len(letters_to(amina)) == 1


def test_who_was_named_before_is_not_told_again(topic, amina):
    ben = named("ben")
    post = post_reply(topic, body="As @amina said.")
    assert len(letters_to(amina)) == 1
    edited(post, "As @amina and @ben said.")
    assert (len(letters_to(amina)), len(letters_to(ben))) == (1, 1)
    Notice.objects.all().delete()  # as notices settled long ago are
    edited(post, "As @amina and @ben said, and others.")
    noticing.make_notices(post.pk)
    assert (len(letters_to(amina)), len(letters_to(ben))) == (1, 1)


def test_an_edit_that_waits_tells_when_it_is_approved_however_old_the_post_is(topic, amina):
    post = post_reply(topic, by=known_member(approved=3))
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now() - noticing.STALE - timedelta(days=1))
    edited(post, "See https://a.example https://b.example https://c.example, @amina.")
    assert post.is_waiting and letters_to(amina) == []
    approve(post)
    assert len(letters_to(amina)) == 1


def test_nobody_else_is_told_of_an_edit(topic, follower, amina):
    post = post_reply(topic)
    assert len(letters_to(follower)) == 1
    edited(post, "As @amina did.")
    assert len(letters_to(follower)) == 1


def test_who_has_read_the_post_or_was_told_of_it_is_told_that_they_are_named(topic, amina):
    services.follow(topic, by=amina)
    post = post_reply(topic)
    assert len(letters_to(amina)) == 1
    topic.refresh_from_db()
    services.read(topic, post.number, by=amina)
    edited(post, "As @amina did.")
    letters = letters_to(amina)
    assert len(letters) == 2 and len({letter.message_id for letter in letters}) == 2
    Notice.objects.update(settled_at=None)  # as if the process had died before it noted that
    assert len(letters_to(amina)) == 2


def test_a_digest_tells_of_it_too(topic):
    ben = named("ben", mail="daily")
    services.follow(topic, by=ben)
    post = post_reply(topic)
    assert len(letters_to(ben)) == 1
    edited(post, "As @ben did.")
    assert "since an edit" in letters_to(ben)[1].body


def test_who_wants_no_mail_gets_none(topic):
    never = named("never", mail="never")
    edited(post_reply(topic), "As @never did.")
    services.choose_mail(never, mail="at_once")
    assert letters_to(never) == []


def test_a_post_that_waited_long_tells_whom_it_names(topic, amina):
    post = post_reply(topic, by=UserFactory(), body="As @amina said.")
    Mention.objects.update(made_at=timezone.now() - noticing.STALE - timedelta(days=1))
    edited(post, "As @amina said before.")
    approve(post)
    (letter,) = letters_to(amina)
    assert "you are mentioned)" in letter.body


def test_what_is_hidden_names_nobody(topic, amina):
    post = post_reply(topic)
    transition(post, "hide", by=ModeratorFactory(), public_reason="x")
    Mention.objects.create(post=post, user=amina)
    assert noticing.notice_mentioned(post.pk) == 0
    transition(post, "restore", by=ModeratorFactory())
    assert len(letters_to(amina)) == 1


def test_an_edit_that_names_nobody_looks_for_nobody(topic, monkeypatch):
    looked = []
    monkeypatch.setattr(noticing, "notice_mentioned", looked.append)
    post = post_reply(topic)
    edited(post, "We asked for another plan.")
    assert looked == []
    named("ben")
    edited(post, "We asked for another plan, @ben.")
    assert looked == [post.pk]
