"""What people do to one topic at the same time: each waits for the other, and nothing is lost between them."""

import threading
import time
import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from forum import policy, services
from forum.models import Post, Topic
from forum.services import repair
from forum.tests.things import known_member, post_reply, post_topic
from moderation.services import transition
from tests.factories import ModeratorFactory, UserFactory, make_initiative

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


class Other(threading.Thread):
    """Somebody who acts at the same time; `came` is what came of it."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self.act, self.came = act, None

    def run(self) -> None:
        try:
            self.came = self.act()
        except Exception as error:
            self.came = error
        finally:
            connection.close()

    def begin(self) -> None:
        """Let them act until they have to wait for our transaction."""
        self.start()
        _until_it_waits(self)


def _until_it_waits(other: threading.Thread) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and other.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)


def topic_of(count: int) -> Topic:
    topic = post_topic().topic
    for number in range(2, count + 1):
        post_reply(topic, body=f"Answer {number}")
    return Topic.objects.get(pk=topic.pk)


def test_reply_sent_while_its_topic_is_merged_stands_in_the_other_one():
    away, kept, member, moderator = topic_of(1), topic_of(1), known_member(), ModeratorFactory()
    seen = Topic.objects.get(pk=away.pk)
    other = Other(lambda: post_reply(seen, by=member, body="Just in time"))
    with transaction.atomic():
        services.merge(away, kept, by=moderator)
        other.begin()
    other.join()
    assert other.came.topic_id == kept.pk and other.came.is_public
    kept.refresh_from_db()
    assert kept.post_count == 3 and list(repair.wrong_topics()) == []


@pytest.mark.parametrize("move", ["hide", "lock"])
def test_nobody_replies_to_what_was_hidden_or_locked_meanwhile(move):
    topic, member, moderator = topic_of(1), known_member(), ModeratorFactory()
    seen = Topic.objects.get(pk=topic.pk)
    other = Other(lambda: post_reply(seen, by=member))
    with transaction.atomic():
        transition(topic, move, by=moderator, public_reason="Off topic.")
        other.begin()
    other.join()
    assert isinstance(other.came, PermissionDenied) and Post.objects.filter(topic=topic).count() == 1


def test_of_two_moderators_who_merge_one_topic_the_second_is_refused():
    away, first, second = topic_of(2), topic_of(1), topic_of(1)
    one, colleague = ModeratorFactory(), ModeratorFactory()
    stale = Topic.objects.get(pk=away.pk)
    other = Other(lambda: services.merge(stale, second, by=colleague))
    with transaction.atomic():
        services.merge(away, first, by=one)
        other.begin()
    other.join()
    assert isinstance(other.came, ValidationError)
    away.refresh_from_db()
    assert away.merged_into_id == first.pk
    assert [Post.objects.filter(topic=each).count() for each in (away, first, second)] == [0, 3, 1]


@pytest.mark.parametrize("what", ["merge", "split"])
def test_who_decides_on_a_post_and_who_orders_its_topic_do_not_stop_each_other(what):
    topic, into, moderator, colleague = topic_of(3), topic_of(1), ModeratorFactory(), ModeratorFactory()
    reply = Post.objects.get(topic=topic, number=2)
    acts = {
        "merge": lambda: services.merge(Topic.objects.get(pk=topic.pk), into, by=colleague),
        "split": lambda: services.split(topic, [reply], title="Another question", by=colleague),
    }
    other = Other(acts[what])
    with transaction.atomic():
        locked = Post.objects.select_for_update().get(pk=reply.pk)
        other.begin()
        transition(locked, "hide", by=moderator, public_reason="Rude.")
    other.join()
    if what == "merge":
        assert other.came is None
    else:
        assert isinstance(other.came, ValidationError)  # nothing public is left to split
    assert list(repair.wrong_topics()) == []


def test_what_was_left_behind_by_a_merge_is_found_and_mended():
    away, kept = topic_of(1), topic_of(1)
    services.merge(away, kept, by=ModeratorFactory())
    left = post_reply(kept)
    Post.objects.filter(pk=left.pk).update(topic=away, number=7)
    (found,) = [one for one in repair.wrong_topics() if one.pk == away.pk]
    repair.mend_topic(found)
    left.refresh_from_db()
    assert left.topic_id == kept.pk and [one.pk for one in repair.wrong_topics()] == []


def test_a_merge_takes_what_waits_and_what_the_topic_is_about_along():
    away, kept, initiative = topic_of(1), topic_of(1), make_initiative()
    Topic.objects.filter(pk=away.pk).update(initiative=initiative)
    waiting = post_reply(away, by=UserFactory())
    services.merge(Topic.objects.get(pk=away.pk), kept, by=ModeratorFactory())
    waiting.refresh_from_db()
    assert (waiting.topic_id, waiting.number) == (kept.pk, None) and kept.initiative_id == initiative.pk


@pytest.mark.parametrize("what", ["edit", "rename", "hide", "flag", "merge", "split"])
def test_who_changes_a_post_and_who_answers_it_do_not_stop_each_other(what):
    topic, into, moderator, author = topic_of(3), topic_of(1), ModeratorFactory(), known_member()
    quoted = Post.objects.get(topic=topic, number=2 if what == "split" else 1)
    Post.objects.filter(pk=quoted.pk).update(author=author)
    for _flag in range(policy.HIDING_FLAGS - 1):
        services.flag(quoted, by=known_member(), reason="spam")
    flagger = known_member()
    acts = {
        "edit": lambda: services.edit_post(
            Post.objects.get(pk=quoted.pk), by=author, body="Better words.", title="A better title", revision=1
        ),
        "rename": lambda: services.rename(Topic.objects.get(pk=topic.pk), title="Fit", language="en", by=moderator),
        "hide": lambda: transition(Post.objects.get(pk=quoted.pk), "hide", by=moderator, public_reason="Rude."),
        "flag": lambda: services.flag(Post.objects.get(pk=quoted.pk), by=flagger, reason="spam"),
        "merge": lambda: services.merge(Topic.objects.get(pk=topic.pk), into, by=moderator),
        "split": lambda: services.split(Topic.objects.get(pk=topic.pk), [quoted], title="Apart", by=moderator),
    }
    other = Other(acts[what])
    with transaction.atomic():
        seen = Topic.objects.get(pk=topic.pk)
        answer = services.reply(seen, by=known_member(), body="So it is.", key=uuid.uuid4(), reply_to=quoted)
        other.begin()  # it has the post and waits for the topic; our commit looks for the post
    other.join()
    assert not isinstance(other.came, Exception), other.came
    answer.refresh_from_db()
    assert answer.reply_to == quoted and answer.is_public and list(repair.wrong_topics()) == []
