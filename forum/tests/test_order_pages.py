"""The pages by which moderators keep order: what others did meanwhile, and what comes of it."""

import re

import pytest
from django.urls import reverse

from forum import services
from forum.tests.test_ordering import topic_of
from forum.tests.things import board
from moderation.services import transition
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


def test_what_was_meant_for_a_topic_does_not_happen_to_the_one_that_took_it_in(desk):
    topic, kept = topic_of(2), topic_of(2)
    address = reverse("forum:topic_order", args=[topic.pk])
    services.merge(topic, kept, by=ModeratorFactory())
    said = {"public_reason": "Off topic", "board": "ask-your-peers", "title": "Another question", "posts": "2"}
    for move in ("lock", "pin", "hide", "move", "merge", "split"):
        answer = desk.post(address, {**said, "move": move, "into": kept.pk}, follow=True)
        assert answer.redirect_chain == [(reverse("forum:topic_order", args=[kept.pk]), 302)]
        assert "has been merged into" in answer.text
    kept.refresh_from_db()
    assert (kept.status, kept.is_pinned, kept.board, kept.post_count) == ("open", False, board(), 4)


@pytest.mark.parametrize("move", ["lock", "pin", "move", "merge", "split"])
def test_what_is_not_possible_any_more_is_said_and_nothing_typed_is_lost(desk, move):
    topic, other = topic_of(3), topic_of(1)
    transition(topic, "hide", by=ModeratorFactory(name="Boris Adeyemi"), public_reason="Off topic")
    said = {"move": move, "public_reason": "Typed", "board": "ask-your-peers", "title": "Another question"}
    answer = desk.post(reverse("forum:topic_order", args=[topic.pk]), {**said, "into": other.pk, "posts": "2"})
    assert answer.status_code == 200
    assert "Boris Adeyemi" in answer.text and "Typed" in answer.text


def test_a_hidden_topic_is_offered_to_be_restored_and_nothing_else(desk):
    topic = topic_of(2)
    transition(topic, "hide", by=ModeratorFactory(), public_reason="Off topic")
    page = desk.get(reverse("forum:topic_order", args=[topic.pk])).text
    assert re.findall('name="move" value="([a-z_]+)"', page) == ["restore"]


def test_a_topic_comes_back_as_it_was():
    for before in ("open", "locked"):
        topic, moderator = topic_of(1), ModeratorFactory()
        if before == "locked":
            transition(topic, "lock", by=moderator)
        transition(topic, "hide", by=moderator, public_reason="Off topic")
        transition(topic, "restore", by=moderator)
        assert (topic.status, topic.decisions.first().to_status) == (before, before)
        assert not transition(topic, "restore", by=moderator).changed
