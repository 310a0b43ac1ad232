"""What moderators see and do on the public pages, and others do not."""

import re

import pytest
from django.urls import reverse

from forum.models import Member, Topic
from forum.tests.things import board, known_member, post_reply, post_topic
from moderation.services import transition
from outbox.models import Letter
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


@pytest.fixture
def topic() -> Topic:
    """A topic of which the second post is hidden, the fourth spam, the last hidden; one waits, one was refused."""
    topic, moderator = post_topic().topic, ModeratorFactory()
    posts = [post_reply(topic, body=f"word{number}") for number in range(2, 6)]
    for post, move in ((posts[0], "hide"), (posts[2], "mark_as_spam"), (posts[3], "hide")):
        transition(post, move, by=moderator, public_reason="Off topic.")
    post_reply(topic, by=UserFactory(), body="wordwaiting")
    transition(post_reply(topic, by=UserFactory(), body="wordrejected"), "reject", by=moderator, public_reason="x")
    topic.refresh_from_db()
    return topic


def words(answer) -> list[str]:
    return re.findall(r"<p>(word\w+)", answer.text)


def test_moderators_see_every_post_in_its_place(desk, topic):
    answer = desk.get(topic.get_absolute_url())
    assert words(answer) == ["word2", "word3", "word4", "word5", "wordwaiting", "wordrejected"]
    for said in ("Hidden: moderators", "Marked as spam: moderators", "Waiting for a moderator: its", "Rejected: its"):
        assert said in answer.text
    for post in topic.posts.exclude(is_first=True):
        assert reverse("forum:post_order", args=[post.pk]) in answer.text
        assert (reverse("forum:flag", args=[post.pk]) in answer.text) == post.is_public


def test_members_and_visitors_see_what_they_saw(client, topic):
    for person in (None, known_member()):
        if person:
            client.force_login(person)
        answer = client.get(topic.get_absolute_url())
        assert words(answer) == ["word3"]
        assert answer.text.count("A moderator has hidden this post.") == 1
        assert "/order/" not in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_a_moderators_page_costs_the_same_with_more_that_waits(desk, count, django_assert_num_queries):
    topic = post_topic().topic
    for _number in range(count):
        post_reply(topic, by=UserFactory())
    desk.get(topic.get_absolute_url())
    with django_assert_num_queries(13):
        desk.get(topic.get_absolute_url())


def test_a_deleted_post_is_seen_by_nobody(desk):
    post = post_reply(post_topic().topic, body="wordgone")
    transition(post, "delete", by=post.author)
    assert words(desk.get(post.topic.get_absolute_url())) == []
    assert desk.get(post.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("move", ["", "reject", "mark_as_spam"])
def test_a_topic_that_is_not_public_yet_opens_for_moderators(desk, move):
    post = post_topic(by=UserFactory(), body="wordfirst")
    if move:
        transition(post, move, by=ModeratorFactory(), public_reason="x")
    answer = desk.get(post.topic.get_absolute_url())
    assert words(answer) == ["wordfirst"]
    assert "Nothing in this topic is public" in answer.text and 'content="noindex"' in answer.text
    assert reverse("forum:post_order", args=[post.pk]) in answer.text


def test_a_hidden_topic_opens_for_moderators_alone(client, desk):
    topic = post_topic(body="wordfirst").topic
    transition(topic, "hide", by=ModeratorFactory(), public_reason="x")
    answer = desk.get(topic.get_absolute_url())
    assert words(answer) == ["wordfirst"] and "This topic is hidden" in answer.text
    assert reverse("forum:topic_order", args=[topic.pk]) in answer.text
    client.force_login(topic.author)
    assert client.get(topic.get_absolute_url()).status_code == 404


def test_a_board_leads_moderators_to_what_waits_there(client, desk):
    post = post_topic(by=UserFactory(), title="A question that waits")
    assert reverse("forum:post", args=[post.pk]) in desk.get(board().get_absolute_url()).text
    client.force_login(known_member())
    assert "A question that waits" not in client.get(board().get_absolute_url()).text


def test_a_decision_leads_back_to_the_post(desk, topic):
    waiting = topic.posts.get(status="waiting")
    answer = desk.post(reverse("forum:post_order", args=[waiting.pk]), {"move": "approve"}, follow=True)
    assert "wordwaiting" in answer.text
    hidden = topic.posts.get(number=2)
    desk.post(reverse("forum:post_order", args=[hidden.pk]), {"move": "restore"})
    hidden.refresh_from_db()
    assert hidden.is_public


# Silence


def test_a_moderator_silences_from_the_public_page(desk):
    post = post_topic()
    address = reverse("forum:member_order", args=[post.author.handle])
    assert address in desk.get(reverse("forum:post_order", args=[post.pk])).text
    assert address in desk.get(reverse("forum:member", args=[post.author.handle])).text
    assert "Give a reason." in desk.post(address, {"move": "silence_7"}).text
    assert "Silenced until" in desk.post(address, {"move": "silence_7", "public_reason": "Calm."}, follow=True).text
    assert "Calm." in Letter.objects.get(recipient=post.author.email).body
    desk.post(address, {"move": "unsilence"})
    assert not Member.objects.get(user=post.author).is_silenced


def test_who_never_posted_can_be_silenced_too(desk):
    person = UserFactory()
    address = reverse("forum:member_order", args=[person.handle])
    assert desk.get(address).status_code == 200 and not Member.objects.filter(user=person).exists()
    desk.post(address, {"move": "silence_1", "public_reason": "x"})
    assert Member.objects.get(user=person).is_silenced


def test_nobody_else_is_offered_to_silence(client):
    post, moderator = post_topic(), ModeratorFactory()
    address = reverse("forum:member_order", args=[post.author.handle])
    client.force_login(known_member())
    assert address not in client.get(reverse("forum:member", args=[post.author.handle])).text
    client.force_login(moderator)
    page = client.get(reverse("forum:member_order", args=[moderator.handle]))
    assert 'name="move"' not in page.text
