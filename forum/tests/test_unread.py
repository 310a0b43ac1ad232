"""What is new to whom, and how it is noted."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum import services, unread
from forum.models import BoardMark, Post, ReadMark, Topic
from forum.models.topic import PER_PAGE
from forum.services import marking
from forum.tests.things import approve, board, known_member, post_reply, post_topic, private_board
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    person = known_member()
    User.objects.filter(pk=person.pk).update(date_joined=timezone.now() - timedelta(days=300))
    person.refresh_from_db()
    return person


@pytest.fixture
def topic():
    """A topic of three posts."""
    topic, author = post_topic().topic, known_member()
    for _ in range(2):
        post_reply(topic, by=author)
    topic.refresh_from_db()
    return topic


def new_in(topic: Topic, user) -> int:
    topic = Topic.objects.get(pk=topic.pk)
    unread.count([topic], user)
    unread.look_at_boards([topic.board], user)
    assert topic.board.has_new is bool(topic.new_count)
    return topic.new_count


def test_all_is_new_until_it_is_read_and_what_comes_then(reader, topic):
    assert new_in(topic, reader) == 3
    assert services.read(topic, 3, by=reader)
    assert new_in(topic, reader) == 0
    post_reply(topic)
    assert new_in(topic, reader) == 1


def test_a_mark_goes_forward_only_and_is_written_once(reader, topic, django_assert_num_queries):
    services.read(topic, 3, by=reader)
    with django_assert_num_queries(1):
        assert not services.read(topic, 2, by=reader)
    assert ReadMark.objects.get().number == 3


def test_what_is_hidden_or_ones_own_is_not_new(reader, topic):
    transition(topic.last_post, "hide", by=ModeratorFactory(), public_reason="x")
    assert new_in(topic, reader) == 2
    services.read(topic, 3, by=reader)
    post_reply(topic, by=reader)
    assert new_in(topic, reader) == 0


def test_what_was_approved_late_is_new_though_it_was_written_before(reader, topic):
    late = post_reply(topic, by=UserFactory())
    services.read(topic, 3, by=reader)
    approve(late)
    assert new_in(topic, reader) == 1


def test_nothing_is_new_from_before_joining(topic):
    assert new_in(topic, known_member()) == 0


def test_nothing_is_new_for_longer_than_two_months(reader, topic):
    long_ago = timezone.now() - unread.NEW_FOR - timedelta(hours=1)
    Post.objects.filter(topic=topic).update(published_at=long_ago)
    Topic.objects.filter(pk=topic.pk).update(active_at=long_ago)
    topic.refresh_from_db()
    assert new_in(topic, reader) == 0
    assert not services.read(topic, 3, by=reader)


def test_marks_of_quiet_topics_are_forgotten(reader, topic):
    services.read(topic, 3, by=reader)
    services.read(post_topic().topic, 1, by=reader)
    Topic.objects.filter(pk=topic.pk).update(active_at=timezone.now() - unread.NEW_FOR - timedelta(hours=1))
    assert marking.forget_old() == 1
    assert ReadMark.objects.get().topic_id != topic.pk


def test_all_of_a_board_is_read_until_something_comes(reader, topic, client):
    client.force_login(reader)
    address = reverse("forum:read", args=["spectrum"])
    assert client.get(address).url == board().get_absolute_url()
    assert new_in(topic, reader) == 3
    assert client.post(address).url == board().get_absolute_url()
    assert new_in(topic, reader) == 0
    post_reply(topic)
    assert new_in(topic, reader) == 1


def test_a_board_is_read_up_to_the_latest_moment_that_was_said(reader):
    now = timezone.now()
    for at in (now, now - timedelta(days=1)):
        services.read_all(board(), by=reader, at=at)
    assert BoardMark.objects.get().read_at == now


def test_a_board_of_others_is_not_marked(reader, client):
    client.force_login(reader)
    private_board()
    assert client.post(reverse("forum:read", args=["group"])).status_code == 404


def test_opening_a_page_reads_what_stands_on_it(reader, topic, client):
    author = known_member()
    for _ in range(PER_PAGE):
        post_reply(topic, by=author)
    client.force_login(reader)
    client.get(topic.get_absolute_url())
    assert ReadMark.objects.get().number == PER_PAGE
    client.get(topic.page_url(PER_PAGE + 1))
    assert ReadMark.objects.get().number == PER_PAGE + 3


@pytest.mark.parametrize(
    "header", [{"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}, {"x-moz": "prefetch"}]
)
def test_a_page_fetched_in_case_is_not_read(reader, topic, client, header):
    client.force_login(reader)
    client.get(topic.get_absolute_url(), headers=header)
    client.head(topic.get_absolute_url())
    assert not ReadMark.objects.exists()


def test_lists_say_how_much_is_new_to_members_alone(reader, topic, client):
    addresses = [reverse("forum:index"), board().get_absolute_url()]
    assert not any("3 new" in client.get(address).text for address in addresses)
    client.force_login(reader)
    assert all("3 new" in client.get(address).text for address in addresses)
    client.get(topic.get_absolute_url())
    assert not any(" new</a>" in client.get(address).text for address in addresses)


@pytest.mark.parametrize("count", [1, 3])
def test_members_pay_a_fixed_number_of_queries(reader, client, count, django_assert_num_queries):
    topics = [post_topic().topic for _ in range(count)]
    client.force_login(reader)
    client.get(reverse("forum:index"))
    with django_assert_num_queries(6):  # session, person; boards and topics, and what of either is new
        client.get(reverse("forum:index"))
    with django_assert_num_queries(10):  # and what of theirs waits; whether they follow it, and may write, which is two
        client.get(board().get_absolute_url())
    client.get(topics[0].get_absolute_url())
    with django_assert_num_queries(11):  # their draft too
        client.get(topics[0].get_absolute_url())


def test_the_way_to_the_first_new_post(reader, topic, client):
    address = reverse("forum:unread", args=[topic.pk])
    assert client.get(address).url == topic.get_absolute_url()
    client.force_login(reader)
    services.read(topic, 1, by=reader)
    second = Post.objects.get(topic=topic, number=2)
    assert client.get(address).url == f"{topic.get_absolute_url()}#{second.anchor}"
    services.read(topic, 3, by=reader)
    assert client.get(address).url == f"{topic.get_absolute_url()}#{topic.last_post.anchor}"


def test_many_new_posts_are_counted_up_to_a_hundred_numbers(reader, topic):
    Post.objects.bulk_create(
        Post(
            topic=topic,
            author=topic.author,
            body="x",
            status="public",
            number=number,
            published_at=timezone.now(),
            key=key,
        )
        for number, key in enumerated_keys(4, 150)
    )
    Topic.objects.filter(pk=topic.pk).update(last_number=153)
    topic.refresh_from_db()
    unread.count([topic], reader)
    assert topic.new_count == unread.COUNTED


def enumerated_keys(first: int, count: int):
    import uuid

    return [(first + number, uuid.uuid4()) for number in range(count)]


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_leave_the_farther_mark(topic):
    reader = known_member()
    User.objects.filter(pk=reader.pk).update(date_joined=timezone.now() - timedelta(days=9))
    reader.refresh_from_db()

    def read(number: int) -> None:
        services.read(topic, number, by=reader)
        connection.close()

    threads = [threading.Thread(target=read, args=[number]) for number in (1, 3, 2, 3, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ReadMark.objects.get().number == 3
