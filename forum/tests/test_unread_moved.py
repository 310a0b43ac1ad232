"""What somebody has read stays read when moderators move it; what they have not stays new where it can."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum import services, unread
from forum.models import Post, ReadMark, Topic
from forum.tests.things import board, known_member, post_reply, post_topic
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    person = known_member()
    User.objects.filter(pk=person.pk).update(date_joined=timezone.now() - timedelta(days=300))
    person.refresh_from_db()
    return person


def topic_of(count: int, on=None) -> Topic:
    topic, author = post_topic(on=on).topic, known_member()
    for _ in range(count - 1):
        post_reply(topic, by=author)
    return Topic.objects.get(pk=topic.pk)


def new_in(topic: Topic, user) -> int:
    topic = Topic.objects.get(pk=topic.pk)
    unread.count([topic], user)
    return topic.new_count


def merged(topic: Topic, into: Topic) -> None:
    services.merge(topic, into, by=ModeratorFactory())


def split(topic: Topic, *numbers: int) -> Topic:
    posts = Post.objects.filter(topic=topic, number__in=numbers)
    return services.split(topic, posts, title="Another question", by=ModeratorFactory())


def test_a_topic_that_was_read_is_read_where_it_was_merged_to(reader):
    topic, into = topic_of(3), topic_of(2)
    services.read(topic, 3, by=reader)
    services.read(into, 2, by=reader)
    merged(topic, into)
    assert new_in(into, reader) == 0
    assert not ReadMark.objects.filter(topic=topic).exists()
    post_reply(into)
    assert new_in(into, reader) == 1


def test_what_was_new_in_it_is_new_there(reader):
    topic, into = topic_of(3), topic_of(2)
    services.read(topic, 1, by=reader)
    services.read(into, 2, by=reader)
    merged(topic, into)
    assert new_in(into, reader) == 2
    into.refresh_from_db()
    assert unread.first_new(into, reader).number == 4


def test_who_read_nothing_of_either_has_all_of_it_new(reader):
    topic, into = topic_of(3), topic_of(2)
    merged(topic, into)
    assert new_in(into, reader) == 5


def test_what_somebody_has_not_read_stays_new_though_they_read_what_was_merged_behind_it(reader):
    topic, into = topic_of(3), topic_of(4)
    services.read(topic, 3, by=reader)
    services.read(into, 2, by=reader)
    merged(topic, into)
    assert unread.first_new(Topic.objects.get(pk=into.pk), reader).number == 3
    assert new_in(into, reader) == 2 + 3  # those once more, for one number says all


def test_who_has_nothing_new_where_it_was_merged_finds_none_of_it_new_again(reader):
    topic, own, old = topic_of(3), post_topic(by=reader).topic, topic_of(2)
    Post.objects.filter(topic=old).update(published_at=timezone.now() - timedelta(days=61))
    for into in (own, old):
        services.read(topic, Topic.objects.get(pk=topic.pk).last_number, by=reader)
        merged(topic, into)
        assert new_in(into, reader) == 0
        topic = into


def test_posts_that_were_split_off_are_read_as_far_as_they_were(reader):
    topic = topic_of(6)
    services.read(topic, 4, by=reader)
    made = split(topic, 2, 4, 5)
    assert (new_in(made, reader), new_in(topic, reader)) == (1, 1)
    assert unread.first_new(made, reader).number == 3


def test_hidden_posts_between_do_not_shift_what_is_read(reader):
    topic = topic_of(5)
    services.read(topic, 4, by=reader)
    services.delete_post(hidden := Post.objects.get(topic=topic, number=3), by=hidden.author)
    made = split(topic, 2, 3, 4, 5)
    assert new_in(made, reader) == 1


def test_who_has_read_all_of_a_board_has_read_what_leaves_it(reader):
    topic, other = topic_of(3), topic_of(1, on=board("ask-your-peers"))
    services.read_all(board(), by=reader)
    post_reply(topic)
    services.move(topic, board("ask-your-peers"), by=ModeratorFactory())
    assert new_in(topic, reader) == 1
    kept = topic_of(2)
    services.read_all(board(), by=reader)
    services.read(other, 1, by=reader)
    merged(kept, other)
    assert new_in(other, reader) == 0


def test_merging_on_one_board_notes_nothing_for_who_reads_by_the_board(reader):
    topic, into = topic_of(3), topic_of(2)
    services.read_all(board(), by=reader)
    post_reply(into)
    merged(topic, into)
    assert new_in(into, reader) == 1


@pytest.mark.parametrize("readers", [1, 3])
def test_readers_cost_no_query_each(readers, django_assert_num_queries):
    topic, into = topic_of(2), topic_of(1)
    for number in range(readers):
        person = known_member(date_joined=timezone.now() - timedelta(days=300 + number))
        services.read(topic, 2, by=person)
        services.read(into, 1, by=person)
    numbers = [1, 2]
    with django_assert_num_queries(2):
        services.marking.carry_over(numbers, origin=topic.pk, to=into.pk, last=1)
    assert set(ReadMark.objects.filter(topic=into).values_list("number", flat=True)) == {3}
