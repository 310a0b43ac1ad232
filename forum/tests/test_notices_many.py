"""Many who follow, and many notices: batches, and the indexes that serve them."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from forum.models import Follow, Notice, ReadMark
from forum.services import noticing, telling
from forum.tests.things import post_reply
from forum.tests.told import letters_to

pytestmark = pytest.mark.django_db


def followers(topic, count: int) -> None:
    """So many people who follow the board of the topic, with a digest a day."""
    start = User.objects.count()
    people = [User(email=f"many{n}@example.org", handle=f"many-{n}", name="Many") for n in range(start, start + count)]
    Follow.objects.bulk_create(Follow(user=one, board=topic.board) for one in User.objects.bulk_create(people))


@pytest.mark.parametrize("count", [2, 6])
def test_many_followers_cost_two_queries_a_batch(topic, count, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(noticing, "BATCH", 100)
    followers(topic, count)
    post = post_reply(topic)
    Notice.objects.all().delete()
    with django_assert_num_queries(8):  # the post; three reasons, two of which concern a batch
        assert noticing.make_notices(post.pk) == count + 2


def test_batches_leave_nobody_out(topic, monkeypatch):
    monkeypatch.setattr(noticing, "BATCH", 2)
    followers(topic, 5)
    post = post_reply(topic)
    assert Notice.objects.filter(post=post, reason="board").count() == 5


def test_settled_notices_are_forgotten_in_time(topic, follower):
    post_reply(topic)
    letters_to(follower)
    assert telling.forget_settled() == 0
    Notice.objects.update(settled_at=timezone.now() - telling.KEPT - timedelta(hours=1))
    assert telling.forget_settled() > 0


# Each of 100,000 rows; they are gone before anybody asks whose they are.
ROWS = """
    INSERT INTO forum_follow (user_id, topic_id, board_id, is_on, made_at)
        SELECT n, n % 500 + 1, NULL, true, now() FROM generate_series(1, 50000) n
        UNION ALL SELECT n, NULL, n % 20 + 1, true, now() FROM generate_series(1, 50000) n;
    INSERT INTO forum_notice (user_id, post_id, reason, made_at, due_at, settled_at)
        SELECT n % 1000 + 1, n, 'board', now(), now() + n * interval '1 second',
            CASE WHEN n % 10 > 0 THEN now() - n * interval '1 second' END FROM generate_series(1, 100000) n;
    INSERT INTO forum_readmark (user_id, topic_id, number)
        SELECT n % 1000 + 1, n / 1000 + 1, 5 FROM generate_series(0, 99999) n;
    ANALYZE forum_follow, forum_notice, forum_readmark;
"""
ASKED = {
    "follow_topic_once": lambda: Follow.objects.filter(topic=1, user_id__gt=900).order_by("user_id")[:500],
    "follow_board_once": lambda: Follow.objects.filter(board=1, user_id__gt=900).order_by("user_id")[:500],
    "notice_due": lambda: Notice.objects.filter(settled_at=None, due_at__lte=timezone.now()).order_by(),
    "notice_open": lambda: Notice.objects.filter(user=1, settled_at=None).order_by("pk"),
    "notice_settled": lambda: Notice.objects.filter(settled_at__lt="2020-01-01T00:00Z").order_by("settled_at")[:100],
    "read_mark_once": lambda: ReadMark.objects.filter(user=1, topic=1),
}


def test_indexes_serve_what_is_asked_of_100_000_rows():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROWS)
        plans = {index: rows().explain() for index, rows in ASKED.items()}
        transaction.set_rollback(True)
    assert [index for index, plan in plans.items() if index not in plan or "Seq Scan" in plan] == []
