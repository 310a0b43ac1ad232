"""What machines read of the forum: feeds, the sitemap, the description of a topic."""

import datetime
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from forum.models import Topic
from forum.services import edit_post
from forum.tests.microdata import posting
from forum.tests.things import board, known_member, post_reply, post_topic, private_board
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, make_initiative
from tests.seen import ATOM, part_of_sitemap

pytestmark = pytest.mark.django_db


def entries(client, name: str, *args) -> list[str]:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200 and response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    return [entry.findtext(f"{ATOM}content") for entry in feed.iter(f"{ATOM}entry")]


def data(client, topic) -> dict:
    return posting(client, topic.get_absolute_url())


def test_feeds_of_forum_board_and_topic_have_the_newest_posts_first(client):
    topic = post_topic().topic
    for number in range(3):
        post_reply(topic, body=f"Reply {number}")
    post_topic(on=board("ask-your-peers"), body="Elsewhere")
    assert len(entries(client, "forum:feed")) == 5
    newest = entries(client, "forum:board_feed", "spectrum")[:3]
    assert all(f"<p>Reply {number}</p>" in text for number, text in zip((2, 1, 0), newest, strict=True))
    assert len(entries(client, "forum:topic_feed", topic.pk)) == 4


@pytest.mark.parametrize("name", ["forum:feed", "forum:board_feed", "forum:topic_feed"])
def test_feed_is_renewed_when_something_is_posted_or_hidden(client, name):
    topic = post_topic().topic
    args = {"forum:feed": [], "forum:board_feed": ["spectrum"], "forum:topic_feed": [topic.pk]}[name]
    address = reverse(name, args=args)
    first = client.get(address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    reply = post_reply(topic, body="A quokka")
    second = client.get(address, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200 and b"quokka" in second.content
    transition(reply, "hide", by=ModeratorFactory(), public_reason="Rude.")
    third = client.get(address, headers={"if-none-match": second["ETag"]})
    assert third.status_code == 200 and b"quokka" not in third.content


@pytest.mark.parametrize("count", [1, 3])
def test_feed_costs_the_same_with_more_posts(client, count, django_assert_num_queries):
    for _number in range(count):
        post_topic()
    with django_assert_num_queries(3):
        client.get(reverse("forum:feed"))


def test_sitemap_lists_topics_and_boards_that_everybody_may_read(client):
    member = known_member()
    seen, hidden = post_topic().topic, post_topic(by=member, on=private_board(member)).topic
    waiting = post_topic(by=UserFactory()).topic
    text = client.get(part_of_sitemap("topics", seen)).content.decode()
    assert [one.get_absolute_url() in text for one in (seen, hidden, waiting)] == [True, False, False]
    boards = client.get(reverse("portal:sitemap-section", args=["boards"])).content.decode()
    assert "/forum/spectrum/" in boards and "/forum/group/" not in boards


def lastmod(client, topic) -> datetime.datetime:
    text = client.get(part_of_sitemap("topics", topic)).text
    found = re.search(rf"{topic.get_absolute_url()}</loc><lastmod>([^<]+)</lastmod>", text)
    return datetime.datetime.fromisoformat(found[1])


@pytest.mark.parametrize("change", ["reply", "edit", "hide", "lock"])
def test_sitemap_says_when_a_topic_changed_last(client, change):
    topic = post_topic().topic
    reply, long_ago = post_reply(topic), timezone.now() - datetime.timedelta(days=9)
    Topic.objects.update(active_at=long_ago, changed_at=long_ago)
    assert lastmod(client, topic) == long_ago.replace(microsecond=0)
    if change == "reply":
        post_reply(topic)
    elif change == "edit":
        edit_post(reply, by=reply.author, body="Something better.", revision=1)
    elif change == "hide":
        transition(reply, "hide", by=ModeratorFactory(), public_reason="Rude.")
    else:
        transition(topic, "lock", by=ModeratorFactory())
    assert timezone.now() - lastmod(client, topic) < datetime.timedelta(minutes=5)
    index = client.get(reverse("portal:sitemap")).text
    assert lastmod(client, topic).isoformat() in index


def test_a_topic_is_described_for_search_engines(client):
    topic = post_topic(by=known_member(name="Amina"), title="Ending </script> licences", body="How did you?").topic
    post_reply(topic)
    initiative = make_initiative()
    Topic.objects.filter(pk=topic.pk).update(initiative=initiative)
    said = data(client, topic)
    assert said["@type"] == "DiscussionForumPosting" and said["headline"] == "Ending </script> licences"
    assert said["author"]["name"] == "Amina" and said["commentCount"] == "1" and said["text"].startswith("How did you?")
    assert said["about"]["name"] == initiative.title


def test_a_private_board_is_described_to_nobody_and_has_no_feed(client):
    member = known_member()
    topic = post_topic(by=member, on=private_board(member)).topic
    client.force_login(member)
    assert data(client, topic) == {}
    for name, arg in (("forum:topic_feed", topic.pk), ("forum:board_feed", "group")):
        assert client.get(reverse(name, args=[arg])).status_code == 404


def test_a_topic_does_not_name_an_initiative_that_was_removed(client):
    topic, initiative = post_topic().topic, make_initiative()
    Topic.objects.filter(pk=topic.pk).update(initiative=initiative)
    transition(initiative, "remove", by=ModeratorFactory(), public_reason="By mistake.")
    assert initiative.title not in client.get(topic.get_absolute_url()).content.decode()
