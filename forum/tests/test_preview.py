"""A look at a text before it is posted."""

import re

import pytest
from django.urls import reverse

from forum.models import Mention, Post, Topic
from forum.tests.things import known_member, post_topic, private_board, speaker
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

BODY = "A **bold** word.[^1]\n\n[^1]: A note. <script>alert(1)</script>"


@pytest.fixture
def member(client):
    member = known_member()
    client.force_login(member)
    return member


def shown_for(client, name: str, *args, **values) -> str:
    answer = client.post(reverse(f"forum:{name}", args=args), {"body": BODY, "preview": "shown", **values})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_new_topic_is_shown_and_keeps_all_that_was_typed(client, member):
    html = shown_for(client, "create", "spectrum", title="A title of some words", language="fr")
    assert "<strong>bold</strong>" in html
    assert 'value="A title of some words"' in html
    assert re.search(r'<option value="fr"[^>]* selected', html)
    assert "A **bold** word." in html
    assert not Topic.objects.exists()


def test_a_reply_is_shown_and_not_posted(client, member):
    topic = post_topic().topic
    html = shown_for(client, "reply", topic.pk)
    assert "<strong>bold</strong>" in html
    assert html.index('id="preview"') < html.index("data-post")
    assert Post.objects.count() == 1


def test_an_edit_is_shown_and_changes_nothing(client):
    post = post_topic()
    client.force_login(post.author)
    assert "<strong>bold</strong>" in shown_for(client, "edit", post.pk, revision="1")
    post.refresh_from_db()
    assert "bold" not in post.body


def test_the_script_gets_the_preview_alone(client, member):
    html = shown_for(client, "reply", post_topic().topic.pk, preview="quiet")
    assert "<strong>bold</strong>" in html
    assert "<html" not in html
    assert "<script" not in html


def test_what_is_wrong_is_said_beside_the_preview(client, member):
    html = shown_for(client, "create", "spectrum", title="Short", language="xx")
    assert "<strong>bold</strong>" in html
    assert 'href="#id_title"' in html


def test_nothing_typed_is_no_fault(client, member):
    assert "There is no text yet." in shown_for(client, "reply", post_topic().topic.pk, body="")


def test_nobody_is_called_by_a_preview(client, member):
    speaker("amina")
    assert "/forum/members/amina/" in shown_for(client, "reply", post_topic().topic.pk, body="@amina")
    assert not Mention.objects.exists()


def test_no_preview_where_one_may_not_post(client):
    topic = post_topic(on=private_board(owner := known_member()), by=owner).topic
    client.force_login(UserFactory())
    assert client.post(reverse("forum:reply", args=[topic.pk]), {"body": "x", "preview": "quiet"}).status_code == 404
    client.logout()
    assert client.post(reverse("forum:reply", args=[topic.pk]), {"body": "x", "preview": "quiet"}).status_code == 302
