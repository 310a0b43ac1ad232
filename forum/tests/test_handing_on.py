"""What goes along when topics are merged and split: followers; and when somebody spoke last in them."""

import threading
import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from forum import services
from forum.models import Follow, Post, Topic
from forum.services import counters, following, repair
from forum.services.following import follows
from forum.tests.test_ordering import topic_of
from forum.tests.things import board, known_member, post_reply, post_topic
from forum.tests.told import letters_to, member
from forum.views.following import followed_by
from moderation.services import transition
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=400)


def aged(topic: Topic) -> Topic:
    """Let all of the topic have been said long ago."""
    Post.objects.filter(topic=topic).update(published_at=F("published_at") - YEAR)
    counters.recount(counters.locked(topic.pk))
    topic.refresh_from_db()
    return topic


def merge(topic: Topic, into: Topic) -> None:
    services.merge(topic, into, by=ModeratorFactory())


def split(topic: Topic) -> Topic:
    return services.split(topic, topic.posts.filter(number=2), title="Another question", by=ModeratorFactory())


def test_who_follows_a_topic_follows_what_it_is_merged_into(topic, follower):
    kept = post_topic(title="Kept as it is").topic
    merge(topic, kept)
    assert followed_by(follower) == [kept]
    post_reply(kept)
    assert len(letters_to(follower)) == 1


def test_nobody_follows_twice_and_no_choice_for_the_other_topic_is_undone(topic, follower):
    kept, quiet = topic_of(1), member()
    for person in (follower, quiet):
        services.follow(topic, by=person)
        services.follow(kept, by=person, on=person == follower)
    merge(topic, kept)
    assert Follow.objects.filter(user=follower).count() == Follow.objects.filter(user=quiet).count() == 1
    post_reply(kept)
    assert (len(letters_to(follower)), letters_to(quiet)) == (1, [])


def test_what_was_switched_off_stays_so_where_it_goes(topic):
    quiet = member()
    services.follow(board(), by=quiet)
    services.follow(topic, by=quiet, on=False)
    post_reply(topic)
    split_off, kept = split(topic), post_topic(title="Kept as it is").topic
    before = len(letters_to(quiet))
    merge(topic, kept)
    for one in (split_off, kept):
        post_reply(one)
    assert len(letters_to(quiet)) == before


def test_who_follows_a_topic_follows_what_is_split_off_too(topic, follower):
    post_reply(topic)
    made = split(topic)
    assert follows(follower, topic=made) and follows(follower, topic=topic)
    before = len(letters_to(follower))
    for one in (made, topic):
        post_reply(one)
    assert len(letters_to(follower)) == before + 2


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_followers_is_one_statement(topic, count, django_assert_num_queries):
    for _ in range(count):
        services.follow(topic, by=known_member())
    to = post_topic().topic
    with django_assert_num_queries(1):
        following.take_along(topic, to)


def test_who_is_answered_in_a_topic_that_they_switched_off_is_not_told_but_for_their_name(topic):
    quiet = member(handle="quiet")
    mine = post_reply(topic, by=quiet)
    services.follow(topic, by=quiet, on=False)
    services.reply(topic, by=known_member(), body="Thank you.", key=uuid.uuid4(), reply_to=mine)
    assert letters_to(quiet) == []
    post_reply(topic, body="As @quiet said.")
    assert "you are mentioned" in letters_to(quiet)[0].body


# When somebody spoke last


def test_an_old_topic_merged_into_a_new_one_does_not_make_it_old():
    old, new = aged(topic_of(2)), topic_of(2)
    last, active_at = new.last_post, new.active_at
    merge(old, new)
    assert (new.last_post, new.active_at, new.last_number) == (last, active_at, 4)
    assert board().last_topic_id == new.pk
    assert list(repair.wrong_topics()) == list(repair.wrong_boards()) == []


def test_a_hidden_post_of_it_gives_the_place_to_the_last_said_before():
    old, new = aged(topic_of(2)), topic_of(2)
    first = new.posts.get(number=1)
    merge(old, new)
    transition(new.last_post, "hide", by=ModeratorFactory(), public_reason="x")
    new.refresh_from_db()
    assert (new.last_post, new.active_at) == (first, first.published_at)
    assert list(repair.wrong_topics()) == []


def test_what_was_deleted_before_posts_of_the_merged_topic_leaves_its_place(client):
    old, new = aged(topic_of(3)), topic_of(2)
    merge(old, new)
    gone = new.posts.get(number=4)
    services.delete_post(gone, by=gone.author)
    assert f'id="{gone.anchor}"' in client.get(new.get_absolute_url()).text


def test_a_post_that_a_slower_clock_dates_earlier_does_not_take_the_place_of_the_last(monkeypatch):
    topic, other = topic_of(2), topic_of(1)
    slow = other.active_at - timedelta(seconds=20)
    monkeypatch.setattr("forum.services.effects.timezone.now", lambda: slow)
    post_reply(topic)
    monkeypatch.undo()
    topic.refresh_from_db()
    assert topic.active_at > slow
    assert board().last_topic_id == other.pk
    assert list(repair.wrong_topics()) == list(repair.wrong_boards()) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_post_at_once_on_a_board_the_later_is_its_last_whoever_is_counted_first():
    topic, other, late, early = topic_of(1), topic_of(1), known_member(), known_member()
    earlier = timezone.now()
    waits = threading.Thread(target=post_dated, args=[topic, early, earlier])
    with transaction.atomic():
        post_reply(other, by=late)  # and holds the board
        waits.start()
        waits_for_a_lock()
    waits.join(timeout=20)
    topic.refresh_from_db()
    assert topic.active_at == earlier
    assert board().last_topic_id == other.pk
    assert list(repair.wrong_topics()) == list(repair.wrong_boards()) == []


def post_dated(topic: Topic, by: User, moment) -> None:
    """Post with a time taken before what others hold was let go."""
    try:
        with transaction.atomic():
            post = Post.objects.create(topic=topic, author=by, body="x", key=uuid.uuid4(), status="public")
            locked = counters.locked(topic.pk)
            locked.last_number, post.number, post.published_at = 2, 2, moment
            post.save()
            counters.add(locked, post)
    finally:
        connection.close()


def waits_for_a_lock() -> None:
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
