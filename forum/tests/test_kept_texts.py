"""Whatever happens while somebody writes, the text is posted, or shown to them again."""

import uuid

import pytest
from django.urls import reverse

from accounts.leaving import leave
from forum import services
from forum.models import Board, Post, PostRevision, Topic
from forum.services import drafts
from forum.tests.things import board, known_member, post_reply, post_topic
from moderation.services import transition
from tests.factories import ModeratorFactory, make_initiative

pytestmark = pytest.mark.django_db
TEXT = "Nine careful lines about spectrum"


@pytest.fixture
def member(client):
    member = known_member()
    client.force_login(member)
    return member


def send(client, name: str, *args, **more):
    return client.post(reverse(name, args=args), {"body": TEXT, "key": str(uuid.uuid4()), **more})


def reply(client, topic: Topic, **more):
    return send(client, "forum:reply", topic.pk, **more)


def test_two_windows_with_one_draft_post_two_texts(client, member):
    topic, key = post_topic().topic, str(uuid.uuid4())
    for body in ("One window says this", "One window says this", "The other one says that", "The other one says that"):
        reply(client, topic, body=body, key=key)
    said = list(Post.objects.filter(topic=topic, author=member).order_by("pk").values_list("body", flat=True))
    assert said == ["One window says this", "The other one says that"]


def test_a_form_that_is_sent_again_after_an_edit_makes_no_second_post(client, member):
    topic, key = post_topic().topic, str(uuid.uuid4())
    reply(client, topic, key=key)
    services.edit_post(Post.objects.get(key=key), by=member, body="Better words about spectrum", revision=1)
    reply(client, topic, key=key)
    assert Post.objects.filter(topic=topic, author=member).count() == 1


def test_two_topics_of_one_draft_are_two(client, member):
    said = {"language": "en", "key": str(uuid.uuid4())}
    for title in ("How to end licences", "How to end roaming", "How to end roaming"):
        send(client, "forum:create", "spectrum", title=title, **said)
    assert Topic.objects.filter(author=member).count() == 2


def test_the_text_for_a_topic_that_was_hidden_meanwhile_is_shown(client, member):
    topic = post_topic().topic
    transition(topic, "hide", by=ModeratorFactory(), public_reason="Rude.")
    answer = reply(client, topic)
    assert answer.status_code == 404 and TEXT in answer.content.decode()


@pytest.mark.parametrize("move", ["lock", "hide"])
def test_an_edit_that_is_not_possible_any_more_is_shown(client, member, move):
    post = post_topic(by=member)
    transition(post.topic, move, by=ModeratorFactory(), public_reason="Closed.")
    answer = send(client, "forum:edit", post.pk, revision=1)
    assert answer.status_code in (403, 404) and TEXT in answer.content.decode()
    assert "Confirm your e-mail" not in answer.content.decode()


def test_a_topic_for_a_board_that_was_closed_meanwhile_is_shown(client, member):
    Board.objects.filter(pk=board().pk).update(is_closed=True)
    answer = send(client, "forum:create", "spectrum", title="How to end licences", language="en")
    assert answer.status_code == 403
    assert TEXT in answer.content.decode() and "How to end licences" in answer.content.decode()


def test_who_was_silenced_meanwhile_reads_so_and_keeps_the_text(client, member):
    transition(member.member, "silence_7", by=ModeratorFactory(), public_reason="Rude.")
    answer = send(client, "forum:create", "spectrum", title="How to end licences", language="en")
    assert answer.status_code == 403 and TEXT in answer.content.decode() and "until" in answer.content.decode()


@pytest.mark.parametrize("what", [{"action": "picture"}, {"action": "autosave"}, {"preview": "quiet"}])
def test_who_may_not_begin_a_topic_keeps_nothing_and_previews_nothing(client, member, what):
    transition(member.member, "silence_7", by=ModeratorFactory(), public_reason="Rude.")
    answer = send(client, "forum:create", "spectrum", title="How to end licences", language="en", **what)
    assert answer.status_code == 403 and drafts.of(member, board()) is None


def test_who_has_signed_out_meanwhile_reads_the_text_and_where_to_sign_in(client):
    topic = post_topic().topic
    answer = reply(client, topic)
    assert answer.status_code == 403 and TEXT in answer.content.decode()
    assert reverse("account_login") in answer.content.decode() and topic.posts.count() == 1


def test_a_draft_about_one_initiative_is_not_offered_for_another(client, member):
    one, other = make_initiative(), make_initiative()
    address = reverse("forum:about", args=[one.reference])
    client.post(address, {"action": "autosave", "title": "About the first", "language": "en", "body": TEXT})
    assert client.get(address).context["form"]["body"].value() == TEXT
    for address in (reverse("forum:about", args=[other.reference]), reverse("forum:create", args=["spectrum"])):
        assert not client.get(address).context["form"]["body"].value()
    send(client, "forum:about", one.reference, title="About the first", language="en")
    assert drafts.of(member, one) is None


def test_earlier_texts_of_who_leaves_are_gone(client):
    author = known_member()
    post = post_reply(post_topic().topic, by=author, body="Call me at 555 123")
    services.edit_post(post, by=author, body="Call the secretariat", revision=1)
    leave(author)
    post.refresh_from_db()
    assert not PostRevision.objects.filter(post=post).exists() and post.edited_at is None
    assert client.get(reverse("forum:history", args=[post.pk])).status_code == 404
