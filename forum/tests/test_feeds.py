"""Feeds of the forum: valid whatever is said there, of a bounded size, and with what was edited."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum import feeds, services
from forum.models import Board, Post, Topic
from forum.tests.things import board, known_member, post_reply, post_topic
from moderation.services import transition
from tests.atom import ATOM, LANG, checked, said
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db
FEEDS = ["forum:feed", "forum:board_feed", "forum:topic_feed"]


@pytest.fixture
def topic():
    return post_topic().topic


@pytest.fixture(params=FEEDS)
def address(request, topic) -> str:
    """The feed of the forum, of the topic's board, of the topic."""
    args = {"forum:feed": [], "forum:board_feed": [topic.board.slug], "forum:topic_feed": [topic.pk]}
    return reverse(request.param, args=args[request.param])


def read(client, address: str):
    return checked(client.get(address).content)


def entries(client, address: str) -> dict[str, str]:
    """Return when each entry was updated, by its id."""
    return {said(entry, "id")[0]: said(entry, "updated")[0] for entry in read(client, address).iter(f"{ATOM}entry")}


def test_feed_keeps_the_rules_with_hostile_words(client, topic, address):
    post_reply(topic, body="]]> <script>alert(1)</script> & طيف \u202e '\"")
    Topic.objects.update(title="]]> <b> & '\"\x7f\u202e", language="other")
    User.objects.update(name="</name> & ]]>\x01")
    Board.objects.filter(pk=topic.board_id).update(kind="group", code="", name="]]> & <b>")
    feed = read(client, address)
    assert [entry.get(LANG) for entry in feed.iter(f"{ATOM}entry")] == ["und", "und"]
    assert "<script" not in "".join(feed.itertext())


@pytest.mark.parametrize("name", ["forum:feed", "forum:board_feed"])
def test_feed_of_nothing_keeps_the_rules(client, name):
    feed = read(client, reverse(name, args=[board().slug] if name == "forum:board_feed" else []))
    assert list(feed.iter(f"{ATOM}entry")) == []


def test_entry_has_its_author_dates_and_lasting_address(client, topic, address):
    post = topic.posts.get()
    (entry,) = read(client, address).iter(f"{ATOM}entry")
    assert said(entry, "id") == [f"tag:testserver,2026:forum/p/{post.pk}"]
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == post.author.name and entry.get(LANG) == "en"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver/forum/p/{post.pk}/"
    assert said(entry, "published") == said(entry, "updated")
    assert said(entry, "content")[0].startswith('<div lang="en" dir="auto"><p>')


def test_ids_are_those_of_before_after_an_edit_a_move_and_in_each_feed(client, topic):
    other = post_topic(on=board("ask-your-peers")).topic
    (before,) = entries(client, reverse("forum:topic_feed", args=[topic.pk]))
    services.edit_post(topic.posts.get(), by=topic.author, body="Another text.", revision=1)
    services.move(topic, other.board, by=ModeratorFactory())
    for name, args in (("forum:topic_feed", [topic.pk]), ("forum:board_feed", ["ask-your-peers"]), ("forum:feed", [])):
        assert before in entries(client, reverse(name, args=args))


def test_an_edit_comes_up_in_the_feed(client, topic, address):
    post_reply(topic)
    first = topic.posts.get(is_first=True)
    before = entries(client, address)
    Post.objects.filter(pk=first.pk).update(edited_at=timezone.now() + timedelta(minutes=1))
    after = entries(client, address)
    top = f"tag:testserver,2026:forum/p/{first.pk}"
    assert list(before)[1] == list(after)[0] == top and before[top] < after[top]
    assert said(read(client, address), "updated") == [after[top]]


def test_feed_of_a_topic_has_what_was_edited_however_old_it_is(client, topic, monkeypatch):
    monkeypatch.setattr(feeds, "PER_FEED", 2)
    for _number in range(3):
        post_reply(topic)
    address, first = reverse("forum:topic_feed", args=[topic.pk]), topic.posts.get(is_first=True)
    assert f"tag:testserver,2026:forum/p/{first.pk}" not in entries(client, address)
    services.edit_post(first, by=topic.author, body="A better question.", revision=1)
    found = list(entries(client, address))
    assert found[0] == f"tag:testserver,2026:forum/p/{first.pk}" and len(found) == 2


def test_a_hidden_edit_is_in_no_feed(client, topic, address):
    reply = post_reply(topic)
    services.edit_post(reply, by=reply.author, body="Something rude.", revision=1)
    transition(reply, "hide", by=ModeratorFactory(), public_reason="Rude.")
    assert len(entries(client, address)) == 1


def test_a_long_post_has_its_beginning_and_leads_to_the_rest(client, topic, address):
    post = topic.posts.get()
    Post.objects.update(html="<p>" + "many <b>words</b> " * 400 + "</p>")
    (entry,) = read(client, address).iter(f"{ATOM}entry")
    (text,) = said(entry, "summary")
    assert said(entry, "content") == [] and text.startswith('<p lang="en" dir="auto">many words many')
    assert f'<a href="http://testserver/forum/p/{post.pk}/">' in text and len(text) < feeds.BEGINNING + 200


@pytest.mark.parametrize("length", [300, 20_000])
def test_a_feed_is_never_large(client, topic, address, length):
    author = known_member()
    for _number in range(feeds.PER_FEED + 1):
        post_reply(topic, by=author)
    Post.objects.update(html="<p>" + "words <b>&amp;</b> " * (length // 19) + "</p>")
    content = client.get(address).content
    assert len(checked(content).findall(f"{ATOM}entry")) == feeds.PER_FEED
    assert len(content) < 250_000


@pytest.mark.parametrize("count", [1, 3])
def test_each_feed_costs_the_same_with_more_posts(client, topic, address, count, django_assert_num_queries):
    for _number in range(count):
        post_reply(topic)
    client.get(address)
    with django_assert_num_queries(3 if address == reverse("forum:feed") else 4):
        client.get(address)


def test_edits_of_a_topic_are_found_by_their_index():
    edited = Post.objects.filter(topic=1, edited_at__isnull=False).order_by("-edited_at")[: feeds.PER_FEED]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "post_edited_in_topic" in edited.explain()
