"""What a topic says of itself to machines: schema.org and OpenGraph, each word with whoever said it."""

import json
import re
from html import unescape

import pytest
from django.utils import timezone

from accounts.leaving import leave
from forum import services
from forum.models import Post
from forum.models.topic import PER_PAGE
from forum.tests.microdata import items, posting
from forum.tests.things import known_member, post_reply, post_topic
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db
META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"')
SITE = "http://testserver"


@pytest.fixture
def alice():
    return known_member(name="Alice", handle="alice")


@pytest.fixture
def bob():
    return known_member(name="Bob", handle="bob")


@pytest.fixture
def topic(alice):
    return post_topic(by=alice, body="What Alice asks.").topic


def data(client, topic, page: int = 1) -> dict:
    return posting(client, topic.address_of(page))


def metas(client, topic, page: int = 1) -> dict[str, str]:
    return {name: unescape(value) for name, value in META.findall(client.get(topic.address_of(page)).text)}


def fill_page(topic, by) -> Post:
    """Fill the first page with replies of somebody, and return the first one of the second page."""
    for number in range(PER_PAGE):
        last = post_reply(topic, by=by, body=f"What Bob says, {number}.")
    return last


def test_posting_has_its_author_text_and_numbers(client, topic, alice, bob):
    post_reply(topic, by=bob)
    said = data(client, topic)
    assert said["author"] == {"@type": "Person", "name": "Alice", "url": f"{SITE}/forum/members/alice/"}
    assert said["text"].startswith("What Alice asks.") and "dateModified" not in said
    assert said["datePublished"] == topic.opened_at.isoformat(timespec="seconds")
    counter = said["interactionStatistic"]
    assert counter["interactionType"].endswith("/CommentAction") and counter["userInteractionCount"] == "1"


def test_each_comment_has_its_own_author_place_and_time(client, topic, bob):
    reply = post_reply(topic, by=bob, body="A <b>plan</b> & *more*.")
    (comment,) = data(client, topic)["comment"]
    assert comment == {
        "@type": "Comment",
        "url": f"{SITE}{topic.get_absolute_url()}#post-{reply.pk}",
        "author": {"@type": "Person", "name": "Bob", "url": f"{SITE}/forum/members/bob/"},
        "datePublished": reply.published_at.isoformat(timespec="seconds"),
        "text": "A <b>plan</b> & more.",
    }


def test_edits_are_dated(client, topic, bob):
    first, reply = topic.posts.get(), post_reply(topic, by=bob)
    edited_at = timezone.now()
    Post.objects.filter(pk__in=[first.pk, reply.pk]).update(edited_at=edited_at)
    said = data(client, topic)
    moment = edited_at.isoformat(timespec="seconds")
    assert said["dateModified"] == moment == said["comment"][0]["dateModified"]


def test_solution_is_an_answer(client, topic, alice, bob):
    post_reply(topic, by=bob)
    services.mark_solution(topic, post_reply(topic, by=bob, body="Do it so."), by=alice)
    kinds = [comment["@type"] for comment in data(client, topic)["comment"]]
    assert kinds == ["Comment", ["Comment", "Answer"]]


def test_later_page_has_the_posting_of_its_author_and_its_own_comments(client, topic, bob):
    last = fill_page(topic, bob)
    said = data(client, topic, 2)
    assert said["author"]["name"] == "Alice" and said["url"] == f"{SITE}{topic.get_absolute_url()}"
    assert said["commentCount"] == str(PER_PAGE) and "Bob" not in json.dumps({**said, "comment": []})
    assert "text" not in said and "creativeWorkStatus" not in said
    (comment,) = said["comment"]
    assert comment["author"]["name"] == "Bob" and comment["text"] == f"What Bob says, {PER_PAGE - 1}."
    assert comment["url"] == f"{SITE}{topic.address_of(2)}#post-{last.pk}"
    assert len(data(client, topic)["comment"]) == PER_PAGE - 1


@pytest.mark.parametrize("gone", ["hidden", "deleted"])
def test_words_of_others_do_not_stand_for_a_post_that_is_gone(client, topic, alice, bob, gone):
    first, _reply = topic.posts.get(), post_reply(topic, by=bob, body="What Bob says.")
    if gone == "hidden":
        transition(first, "hide", by=ModeratorFactory(), public_reason="Rude.")
    else:
        services.delete_post(first, by=alice)
    topic.refresh_from_db()  # it may have another address
    said = data(client, topic)
    assert said["creativeWorkStatus"] == "Deleted" and "text" not in said
    assert [comment["author"]["name"] for comment in said["comment"]] == ["Bob"]
    assert metas(client, topic)["og:description"] == "Bob: What Bob says."


def test_what_is_hidden_is_no_comment(client, topic, bob):
    reply, _last = post_reply(topic, by=bob, body="Rude words"), post_reply(topic, by=bob)
    transition(reply, "hide", by=ModeratorFactory(), public_reason="Rude.")
    said = data(client, topic)
    assert len(said["comment"]) == int(said["commentCount"]) == 1 and "Rude" not in json.dumps(said)


def test_who_has_left_is_a_former_member_without_a_page(client, topic, alice, bob):
    post_reply(topic, by=bob)
    for person in (alice, bob):
        leave(person)
    said = data(client, topic)
    people = [said["author"], said["comment"][0]["author"]]
    assert all(set(person) == {"@type", "name"} and person["name"] not in ("Alice", "Bob") for person in people)


def test_texts_are_said_once(client, topic, bob):
    post_reply(topic, by=bob, body="Words of Bob.")
    said, page = data(client, topic), client.get(topic.get_absolute_url()).text
    assert said["text"].startswith("What Alice asks.") and said["comment"][0]["text"] == "Words of Bob."
    assert page.count("Words of Bob.") == 1


def test_what_waits_is_no_comment(client, topic, bob):
    stranger = UserFactory()
    waiting = post_reply(topic, by=stranger, body="Let me in.")
    assert not waiting.is_public
    client.force_login(stranger)
    assert "comment" not in data(client, topic)
    (apart,) = [item for item in items(client, topic.get_absolute_url()) if item["@type"] == "Comment"]
    assert apart["text"] == "Let me in."


def test_pages_are_shared_with_the_words_of_whoever_said_them(client, topic, bob):
    fill_page(topic, bob)
    first, second = metas(client, topic), metas(client, topic, 2)
    assert first["og:description"].startswith("What Alice asks.") and first["og:type"] == "article"
    assert second["og:description"] == second["description"] == f"Bob: What Bob says, {PER_PAGE - 1}."
    assert second["og:url"] == f"{SITE}{topic.address_of(2)}" and "page 2" in second["og:title"]
