"""Answering with what another one said."""

import pytest
from django.urls import reverse

from common.tests.hostile import payloads
from common.tests.test_markdown import Page
from forum.models import Post
from forum.quoting import QUOTE_MAX, quoted
from forum.rendering import render
from forum.tests.things import known_member, post_reply, post_topic, private_board, speaker
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


def typed(client, topic, post) -> str:
    """Return what stands in the form to reply in."""
    form = client.get(topic.get_absolute_url(), {"quote": post.pk}).context["form"]
    return form["body"].value() or ""


def test_a_quote_says_who_said_it_and_leads_there(client):
    post = post_topic(by=known_member(name="Amina"), body="We asked\n\n- for a plan\n\n> earlier words\n\nand got it.")
    client.force_login(known_member())
    text = typed(client, post.topic, post)
    assert text.startswith(f"> [Amina]({post.get_absolute_url()}):\n>\n> We asked\n>\n> - for a plan\n")
    assert "earlier words" not in text
    assert f'<a href="{post.get_absolute_url()}" rel="nofollow ugc noopener">Amina</a>' in render(text)


def test_a_quote_is_posted_as_an_answer_to_it(client):
    post = post_topic()
    client.force_login(known_member())
    shown = client.get(post.topic.get_absolute_url(), {"quote": post.pk}).content.decode()
    assert f'name="reply_to" value="{post.pk}"' in shown
    client.post(reverse("forum:reply", args=[post.topic.pk]), {"body": "> So.\n\nYes.", "reply_to": str(post.pk)})
    assert Post.objects.get(is_first=False).reply_to == post


def test_what_somebody_may_not_see_is_not_quoted(client):
    member = known_member()
    topic, private = post_topic().topic, post_topic(on=private_board(member), by=member)
    waiting, hidden = post_reply(topic, by=UserFactory()), post_reply(topic)
    transition(hidden, "hide", by=ModeratorFactory(), public_reason="x")
    client.force_login(known_member())
    for post in (private, waiting, hidden, post_topic()):
        assert typed(client, topic, post) == ""
        client.post(reverse("forum:reply", args=[topic.pk]), {"body": f"Re {post.pk}", "reply_to": str(post.pk)})
        assert Post.objects.get(body=f"Re {post.pk}").reply_to is None


@pytest.mark.parametrize("value", ["", "x", "-1", "٣", "9" * 30, "\x00", "1 or 1=1"])
def test_nonsense_is_no_quote(client, value):
    topic = post_topic().topic
    client.force_login(known_member())
    answer = client.get(topic.get_absolute_url(), {"quote": value})
    assert (answer.status_code, answer.context["form"]["body"].value()) == (200, None)


def test_visitors_are_offered_no_quote(client):
    topic = post_topic().topic
    assert "quote=" not in client.get(topic.get_absolute_url()).content.decode()


def test_a_long_post_is_quoted_in_part():
    post = post_topic(body="A sentence of some words. " * 500)
    assert len(quoted(post)) < QUOTE_MAX + 300


def test_who_is_named_in_a_quote_is_not_called_again(client):
    speaker("amina")
    post = post_topic(body="Ask @amina.")
    assert post.mentions.exists()
    assert not post_reply(post.topic, body=quoted(post) + "I did.").mentions.exists()


@pytest.mark.parametrize("name", ["](https://evil.example/)", "*a* `b` <b>", "@everybody", "a\\"])
def test_a_name_is_a_name_whatever_it_is(name):
    post = post_topic(by=known_member(name=name, handle="somebody"))
    page = Page(render(quoted(post)))
    assert [attributes["href"] for tag, attributes in page.elements if tag == "a"] == [post.get_absolute_url()]
    assert {tag for tag, _ in page.elements} == {"blockquote", "p", "a"}


def test_hostile_text_quoted_does_nothing():
    post = post_topic()
    for payload in payloads("markdown_xss", "xss", "html_sanitizer_pair"):
        post.body = post.author.name = payload
        html = render(quoted(post)).replace(f'href="{post.get_absolute_url()}"', 'href="https://ours.example/"')
        assert not Page(html).complaints(), payload
