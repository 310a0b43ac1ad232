"""Whoever tells members of posts is killed with SIGKILL in the middle: nobody is told twice, and nobody is left out."""

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from forum import services
from forum.models import Mention, Notice, Post
from forum.services import noticing, telling
from forum.tests.things import post_reply, post_topic
from forum.tests.told import member
from outbox.models import Letter
from tests.workers import Workers, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# Stops for ever where `name` of the module is called the nth time: before it is done, or after.
STOP = """
import time
import django
django.setup()
from django.db import connection
from forum.services import noticing, telling

def stop():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(7)")
    time.sleep(600)

def stopping(does, calls=[0]):
    def instead(*said, **more):
        calls[0] += 1
        if calls[0] == {nth} and {before}:
            stop()
        done = does(*said, **more)
        if calls[0] == {nth}:
            stop()
        return done
    return instead

{module}.{name} = stopping({module}.{name})
noticing.BATCH = 1
{work}
"""


@pytest.fixture
def followers():
    return [member("daily"), member("daily"), member("at_once")]


@pytest.fixture
def post(followers) -> Post:
    topic = post_topic().topic
    for person in followers:
        services.follow(topic, by=person)
    return post_reply(topic, body="We asked for a plan.")


def killed(**where) -> None:
    """Let a process of its own do the work, and kill it where it stops."""
    workers = Workers(port=0)
    workers.call("-c", STOP.format(**where))
    try:
        wait_until(lambda: count("pg_locks WHERE locktype = 'advisory' AND objid = 7"))
    finally:
        workers.kill()
    wait_until(lambda: not count("pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))


def count(rows: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {rows}")  # noqa: S608 (our own)
        return cursor.fetchone()[0]


def told(people: list[User]) -> list[int]:
    return [Letter.objects.filter(recipient=person.email).count() for person in people]


@pytest.mark.parametrize(
    ("name", "before", "nth", "done"),
    [
        ("_write", True, 1, 0),  # taken, and nothing written
        ("_write", False, 1, 0),  # a letter written, and its notices not settled
        ("_tell", False, 1, 1),  # one person told
        ("_write", False, 3, 2),
    ],
)
def test_killed_while_it_writes_letters(post, followers, name, before, nth, done):
    Notice.objects.filter(settled_at=None, user__in=followers).update(due_at=timezone.now())
    killed(module="telling", name=name, before=before, nth=nth, work="telling.tell_due()")
    assert sum(told(followers)) == done == Notice.objects.exclude(settled_at=None).count()
    telling.tell_due()
    assert told(followers) == [1, 1, 1]
    assert not Notice.objects.filter(settled_at=None, user__in=followers).exists()


@pytest.mark.parametrize("nth", [1, 2, 3, 4])
def test_killed_while_it_notes_whom_a_post_concerns(post, followers, nth):
    named = followers[0]
    Mention.objects.create(post=post, user=named)
    Post.objects.update(published_at=timezone.now())  # after the name was put in
    Notice.objects.all().delete()
    work = f"noticing.make_notices({post.pk})"
    killed(module="noticing", name="_notice", before=False, nth=nth, work=work)
    noticing.make_notices(post.pk)  # the task is put back, and done again
    mine = Notice.objects.filter(user__in=followers).values_list("user", "reason")
    assert sorted(mine) == sorted([(named.pk, "mention"), *((one.pk, "topic") for one in followers[1:])])
