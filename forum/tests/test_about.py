"""Discussing an initiative: its page leads to the topic, or to a form that opens one."""

import uuid

import pytest
from django.urls import reverse

from forum.models import Topic
from forum.tests.things import known_member, post_topic, private_board
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative():
    return make_initiative()


def address(initiative) -> str:
    return reverse("forum:about", args=[initiative.reference])


def discuss(initiative, **more) -> Topic:
    topic = post_topic(**more).topic
    Topic.objects.filter(pk=topic.pk).update(initiative=initiative)
    return topic


def shown(client, initiative) -> str:
    return client.get(initiative.get_absolute_url()).content.decode()


def test_page_offers_a_discussion_and_says_when_there_is_one(client, initiative):
    assert "Discuss this initiative" in shown(client, initiative)
    etag = client.get(initiative.get_absolute_url())["ETag"]
    topic = discuss(initiative)
    assert "Discussed in the forum: 1 topic" in shown(client, initiative)
    assert client.get(initiative.get_absolute_url())["ETag"] != etag
    assert client.get(address(initiative))["Location"] == topic.get_absolute_url()


def test_who_signs_in_opens_the_topic_on_the_board_of_the_theme(client, initiative):
    assert client.get(address(initiative))["Location"].startswith("/accounts/login/")
    member = known_member()
    client.force_login(member)
    assert initiative.title in client.get(address(initiative)).content.decode()
    data = {"title": "How did it end?", "language": "en", "body": "Tell us how it ended.", "key": uuid.uuid4()}
    client.post(address(initiative), data)
    topic = Topic.objects.get(author=member)
    assert (topic.initiative, topic.board.code, topic.post_count) == (initiative, initiative.theme, 1)


def test_topics_that_others_may_not_read_are_not_counted_or_found(client, initiative):
    member = known_member()
    private = discuss(initiative, by=member, on=private_board(member))
    discuss(initiative, by=UserFactory())  # waits
    hidden = discuss(initiative)
    transition(hidden, "hide", by=ModeratorFactory(), public_reason="Rude.")
    assert "Discuss this initiative" in shown(client, initiative)
    assert client.get(address(initiative))["Location"].startswith("/accounts/login/")
    client.force_login(member)
    assert client.get(address(initiative))["Location"] == private.get_absolute_url()


def test_what_was_removed_is_not_discussed(client, initiative):
    transition(initiative, "remove", by=ModeratorFactory(), public_reason="By mistake.")
    assert client.get(address(initiative)).status_code == 404
