"""A topic says where it was split off and what was merged into it, to those who may know of it."""

import pytest

from forum import services
from forum.models import Topic
from forum.tests.things import board, known_member, post_reply, post_topic, private_board
from moderation.services import transition
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db
SPLIT, MERGED = "Split off from", "Merged into this topic"


@pytest.fixture
def made() -> Topic:
    """A topic that was split off from “Zqorigin of it all”."""
    reply = post_reply(post_topic(title="Zqorigin of it all").topic)
    return services.split(reply.topic, [reply], title="Another question", by=ModeratorFactory())


def test_a_topic_leads_to_the_one_it_was_split_off_from(client, made, django_assert_num_queries):
    with django_assert_num_queries(5):  # state, topic, the other one, posts, for whom people speak
        page = client.get(made.get_absolute_url()).text
    assert SPLIT in page and made.split_from.get_absolute_url() in page and "Zqorigin" in page
    assert SPLIT not in client.get(made.split_from.get_absolute_url()).text


@pytest.mark.parametrize("change", ["hide", "move", "rename", "close"])
def test_what_becomes_of_that_one_is_seen_by_who_has_the_page_already(client, made, change):
    group, moderator, origin = private_board(), ModeratorFactory(), made.split_from
    before = client.get(made.get_absolute_url())
    if change == "hide":
        transition(origin, "hide", by=moderator, public_reason="Rude.")
    elif change == "move":
        services.move(origin, group, by=moderator)
    elif change == "rename":
        services.rename(origin, title="Where it began", language="en", by=moderator)
    else:
        transition(origin.posts.get(is_first=True), "hide", by=moderator, public_reason="Rude.")
    after = client.get(made.get_absolute_url(), headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200 and "Zqorigin" not in after.text
    assert (SPLIT in after.text) is (change == "rename")


def test_what_left_a_private_board_does_not_name_where_it_was(client):
    person = known_member()
    group = private_board(person)
    reply = post_reply(post_topic(title="Zqsecret matter", by=person, on=group).topic, by=person)
    made = services.split(reply.topic, [reply], title="What all may read", by=ModeratorFactory())
    client.force_login(person)
    assert "Zqsecret" in client.get(made.get_absolute_url()).text
    services.move(made, board(), by=ModeratorFactory())
    assert "Zqsecret" not in client.get(made.get_absolute_url()).text
    client.logout()
    assert SPLIT not in client.get(made.get_absolute_url()).text


def test_a_topic_says_what_was_merged_into_it(client):
    kept = post_topic().topic
    for number in range(7):
        services.merge(post_topic(title=f"Zqother question {number}").topic, kept, by=ModeratorFactory())
    page = client.get(kept.get_absolute_url()).text
    assert MERGED in page and "Zqother question 6" in page and page.count("Zqother") == 5
    last = post_topic(title="The last question").topic
    services.merge(kept, last, by=ModeratorFactory())
    page = client.get(last.get_absolute_url()).text
    assert "Zqother question 6" in page and "How to end temporary licences" in page


@pytest.mark.parametrize("why", ["private", "kept back", "never public"])
def test_a_title_that_not_everybody_could_read_is_not_told(client, why):
    person, kept = known_member(), post_topic().topic
    first = post_topic(title="Zqsecret matter", by=person, on=private_board(person) if why == "private" else None)
    if why == "kept back":
        post_reply(first.topic)
        transition(first, "hide", by=ModeratorFactory(), public_reason="Rude.")
    if why == "never public":
        Topic.objects.filter(pk=first.topic_id).update(opened_at=None)
    services.merge(Topic.objects.get(pk=first.topic_id), kept, by=ModeratorFactory())
    page = client.get(kept.get_absolute_url()).text
    assert MERGED not in page and "Zqsecret" not in page and "Hidden title" not in page
