"""Entity tags tell nothing: neither what they are made of, nor that something is there which one may not see."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from forum import freshness, services
from forum.tests.things import board, known_member, post_reply, post_topic, private_board
from initiatives.cacheable import page_etag
from initiatives.freshness import etag_of, public_state
from moderation.services import transition
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db


def of_private_board() -> tuple:
    on = private_board()
    return freshness.board(slug=on.slug), on.get_absolute_url(), reverse("forum:board_feed", args=[on.slug])


def of_missing_board() -> tuple:
    return freshness.board(slug="none"), "/forum/none/", reverse("forum:board_feed", args=["none"])


def of_private_topic() -> tuple:
    member = known_member()
    return of_topic(post_topic(by=member, on=private_board(member)).topic)


def of_hidden_topic() -> tuple:
    topic = post_topic().topic
    transition(topic, "hide", by=ModeratorFactory(), public_reason="Rude.")
    return of_topic(topic)


def of_topic(topic) -> tuple:
    return freshness.topic(pk=topic.pk), topic.get_absolute_url(), reverse("forum:topic_feed", args=[topic.pk])


@pytest.mark.parametrize("make", [of_private_board, of_missing_board, of_private_topic, of_hidden_topic])
def test_what_one_may_not_see_is_not_found_whatever_tag_one_has(client, make):
    further, page, feed = make()
    state = public_state("", further)
    right = [page_etag(RequestFactory().get(page), state), etag_of(state, 1, "en", feed), "*"]
    for address in (page, feed):
        for tag in right:
            answer = client.get(address, headers={"if-none-match": tag})
            assert answer.status_code == 404 and "ETag" not in answer, (address, tag)


def test_tags_cannot_be_reckoned_without_the_key(settings):
    state = public_state()
    first = etag_of(state, "page")
    settings.SECRET_KEY = "another key that is as long as keys of this portal have to be, and longer"
    assert etag_of(state, "page") != first


def test_feed_of_a_merged_topic_leads_to_that_of_the_other(client):
    topic, into = post_topic().topic, post_topic(on=board("ask-your-peers")).topic
    post_reply(topic)
    services.merge(topic, into, by=ModeratorFactory())
    answer = client.get(reverse("forum:topic_feed", args=[topic.pk]))
    assert answer.status_code == 301 and answer["Location"] == reverse("forum:topic_feed", args=[into.pk])
