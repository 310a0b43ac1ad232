"""Topics moved, merged and split; and the pages by which moderators do it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from forum import services
from forum.models import Topic
from forum.services import repair
from forum.tests.things import board, known_member, post_reply, post_topic
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


def topic_of(count: int) -> Topic:
    """Return a topic of `count` posts."""
    topic, author = post_topic().topic, known_member()
    for number in range(2, count + 1):
        post_reply(topic, by=author, body=f"Answer {number}")
    topic.refresh_from_db()
    return topic


def counts() -> list[tuple[int, int]]:
    boards = (board("spectrum"), board("ask-your-peers"))
    assert list(repair.wrong_topics()) == []
    return [(one.topic_count, one.post_count) for one in boards]


def test_a_topic_moves_with_its_counts_and_a_record():
    topic, moderator = topic_of(3), ModeratorFactory()
    assert counts() == [(1, 3), (0, 0)]
    services.move(topic, board("ask-your-peers"), by=moderator)
    assert counts() == [(0, 0), (1, 3)]
    assert topic.decisions.first().private_note == "spectrum → ask-your-peers"


def test_a_merged_topic_leads_to_the_other_one(client):
    away, kept = topic_of(2), topic_of(2)
    post = away.last_post
    services.merge(away, kept, by=ModeratorFactory())
    assert [(post.topic_id, post.number) for post in kept.posts.order_by("number")] == [
        (kept.pk, number) for number in range(1, 5)
    ]
    assert counts()[0] == (1, 4)
    assert client.get(away.get_absolute_url()).url == kept.get_absolute_url()
    assert client.get(post.get_absolute_url()).url == f"{kept.get_absolute_url()}#{post.anchor}"


def test_a_topic_is_not_merged_into_itself_or_into_nothing():
    topic, gone = topic_of(1), post_topic(by=UserFactory()).topic
    for into in (topic, gone):
        with pytest.raises(ValidationError):
            services.merge(topic, into, by=ModeratorFactory())


def test_what_was_merged_into_a_topic_follows_it(client):
    first, second, third = topic_of(1), topic_of(1), topic_of(1)
    moderator = ModeratorFactory()
    services.merge(first, second, by=moderator)
    services.merge(second, third, by=moderator)
    assert client.get(first.get_absolute_url()).url == third.get_absolute_url()


def test_posts_split_off_become_a_topic_of_their_own():
    topic = topic_of(4)
    chosen = topic.posts.filter(number__in=[2, 4])
    made = services.split(topic, chosen, title="Another question", by=ModeratorFactory())
    assert [post.body for post in made.posts.order_by("number")] == ["Answer 2", "Answer 4"]
    assert made.posts.get(number=1).is_first
    assert (topic.post_count, made.post_count, counts()[0]) == (2, 2, (2, 4))


def test_the_first_post_stays():
    topic = topic_of(2)
    with pytest.raises(ValidationError):
        services.split(topic, topic.posts.all(), title="Another question", by=ModeratorFactory())


def test_members_keep_no_order():
    topic = topic_of(2)
    for act in (
        lambda: services.move(topic, board("ask-your-peers"), by=known_member()),
        lambda: services.merge(topic, topic_of(1), by=known_member()),
        lambda: services.split(topic, topic.posts.filter(number=2), title="Another question", by=known_member()),
    ):
        with pytest.raises(PermissionDenied):
            act()


# Pages


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


def test_a_moderator_locks_and_hides_from_the_public_page(desk):
    topic = topic_of(1)
    address = reverse("forum:topic_order", args=[topic.pk])
    assert address in desk.get(topic.get_absolute_url()).text
    desk.post(address, {"move": "lock"})
    topic.refresh_from_db()
    assert topic.is_locked
    assert "Give a reason." in desk.post(address, {"move": "hide"}).text
    assert desk.post(address, {"move": "hide", "public_reason": "Off topic"}).url == topic.get_absolute_url()
    assert desk.post(address, {"move": "restore"}).url == topic.get_absolute_url()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"move": "move"}, "Choose a board."),
        ({"move": "merge", "into": "999999"}, "There is no such topic."),
        ({"move": "merge", "into": "no number"}, "neither the address of a topic nor its number"),
        ({"move": "split", "title": "Another question", "posts": "999999"}, "Choose posts of this topic."),
        ({"move": "split", "title": "Another question", "posts": "x"}, "Choose posts of this topic."),
        ({"move": "split", "title": "Another question"}, "Choose posts of this topic."),
        ({"move": "split", "posts": "2"}, "Give the new topic a title."),
    ],
)
def test_what_is_missing_is_said(desk, said, words):
    assert words in desk.post(reverse("forum:topic_order", args=[topic_of(2).pk]), said).text


def test_a_moderator_moves_merges_and_splits_from_the_public_page(desk):
    topic, other = topic_of(5), topic_of(1)
    address = reverse("forum:topic_order", args=[topic.pk])
    said = {"move": "move", "board": "ask-your-peers"}
    desk.post(address, {**said, "agreed": desk.post(address, said).context["plan"].agreed})
    posts = list(topic.posts.filter(number__in=[2, 4, 5]).values_list("pk", flat=True))
    desk.post(address, {"move": "split", "title": "Another question", "posts": posts})
    made = Topic.objects.get(title="Another question")
    assert made.post_count == 3
    said = {"move": "merge", "into": other.pk}
    agreed = desk.post(address, said).context["plan"].agreed
    assert desk.post(address, {**said, "agreed": agreed}).url == other.get_absolute_url()
    assert counts() == [(1, 3), (1, 3)]


def test_a_moderator_decides_on_a_post_from_the_public_page(desk):
    topic = topic_of(2)
    post = topic.last_post
    address = reverse("forum:post_order", args=[post.pk])
    assert address in desk.get(topic.get_absolute_url()).text
    assert "Give a reason." in desk.post(address, {"move": "hide"}).text
    desk.post(address, {"move": "hide", "public_reason": "Off topic"})
    post.refresh_from_db()
    assert post.status == "hidden"


def test_a_reason_that_is_missing_is_asked_for_beside_its_field(desk):
    post = topic_of(2).last_post
    for name, pk, move in (("post_order", post.pk, "hide"), ("topic_order", post.topic_id, "hide")):
        answer = desk.post(reverse(f"forum:{name}", args=[pk]), {"move": move})
        assert answer.context["form"].errors == {"public_reason": ["Give a reason."]}
        assert list(answer.context["messages"]) == []


def test_a_topic_is_offered_to_be_pinned_or_unpinned_as_it_stands(desk):
    address = reverse("forum:topic_order", args=[topic_of(1).pk])
    for offered, other in (("pin", "unpin"), ("unpin", "pin")):
        page = desk.get(address).text
        assert f'value="{offered}"' in page
        assert f'value="{other}"' not in page
        desk.post(address, {"move": offered})


def test_a_hidden_post_leads_moderators_alone_to_its_decision(desk, client):
    post = topic_of(3).posts.get(number=2)
    transition(post, "hide", by=ModeratorFactory(), public_reason="x")
    address, page = reverse("forum:post_order", args=[post.pk]), post.topic.get_absolute_url()
    assert f'<a href="{address}">Decide<span class="visually-hidden"> #{post.number}</span></a>' in desk.get(page).text
    client.force_login(known_member())
    assert address not in client.get(page).text


def test_members_do_not_find_the_pages_of_moderators(client):
    post = post_topic()
    client.force_login(known_member())
    for address in (reverse("forum:post_order", args=[post.pk]), reverse("forum:topic_order", args=[post.topic_id])):
        assert client.get(address).status_code == 404
        assert client.post(address, {"move": "lock"}).status_code == 404
