"""The limit of posts in a short time holds when many are sent in the same moment."""

import threading

import pytest
from django.db import connection

from forum import policy
from forum.models import Post
from forum.tests.things import known_member, post_reply, post_topic
from forum.vocabulary import Waits


@pytest.mark.django_db(transaction=True)
def test_posts_sent_at_once_are_counted_one_after_the_other():
    member = known_member(approved=3)
    topics = [post_topic().topic for _ in range(policy.BURST + 3)]
    together = threading.Barrier(len(topics), timeout=20)

    def write(topic) -> None:
        try:
            together.wait()
            post_reply(topic, by=member, body=f"Answer {topic.pk}")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[topic]) for topic in topics]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    posts = Post.objects.filter(author=member)
    assert posts.public().count() == policy.BURST
    assert list(posts.exclude(pk__in=posts.public()).values_list("waits", flat=True)) == [[Waits.BURST]] * 3
