"""What a topic's page says of what is not there any more: whom a reply answered, and pages that are empty."""

import uuid

import pytest

from forum import services
from forum.models import Post
from forum.tests.things import known_member, post_reply, post_topic, private_board
from moderation.services import transition
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db
EMPTY = "The posts that stood here are not public any more."


def answer_to(post: Post) -> Post:
    return services.reply(post.topic, by=known_member(), body="No.", key=uuid.uuid4(), reply_to=post)


def test_a_reply_to_what_was_hidden_does_not_name_its_author(client):
    rude = post_reply(post_topic().topic, by=known_member(name="Zqrude"))
    answer_to(rude)
    page = rude.topic.get_absolute_url()
    before = client.get(page)
    assert "In reply to" in before.text
    transition(rude, "hide", by=ModeratorFactory(), public_reason="Rude.")
    after = client.get(page, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200 and "In reply to" not in after.text and "Zqrude" not in after.text


def test_a_reply_that_left_a_private_board_does_not_name_who_is_on_it(client):
    inside, other = known_member(name="Zqinside"), known_member()
    first = post_reply(post_topic(by=inside, on=private_board(inside, other)).topic, by=inside)
    answer = services.reply(first.topic, by=other, body="So.", key=uuid.uuid4(), reply_to=first)
    made = services.split(first.topic, [answer], title="What we may all read", by=ModeratorFactory())
    services.move(made, post_topic().topic.board, by=ModeratorFactory())
    page = client.get(made.get_absolute_url(), follow=True).text
    assert "So." in page and "In reply to" not in page and "Zqinside" not in page


def test_a_page_whose_posts_were_all_removed_says_so(client):
    topic, moderator = post_topic().topic, ModeratorFactory()
    posts = [post_reply(topic) for _number in range(20)]
    page = f"{topic.get_absolute_url()}?page=2"
    assert EMPTY not in client.get(page).text
    transition(posts[-1], "mark_as_spam", by=moderator)
    assert EMPTY in client.get(page).text and "Page 2 of 2" in client.get(page).text
    assert EMPTY not in client.get(topic.get_absolute_url()).text
    client.force_login(moderator)
    assert EMPTY not in client.get(page).text
