"""Counts that something broke, and the command that makes them anew."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from forum import services
from forum.services import repair
from forum.tests.test_ordering import topic_of
from forum.tests.things import board, known_member, post_reply, post_topic
from moderation.services import transition
from tests.factories import ModeratorFactory

pytestmark = pytest.mark.django_db

BROKEN = [
    "UPDATE forum_topic SET post_count = 7",
    "UPDATE forum_topic SET last_post_id = (SELECT min(id) FROM forum_post)",
    "UPDATE forum_topic SET active_at = now() - interval '1 year'",
    "UPDATE forum_topic SET last_number = 1",
    "UPDATE forum_topic SET opened_at = NULL",
    "UPDATE forum_topic SET opened_at = opened_at - interval '1 day'",
    "UPDATE forum_member SET approved_count = 999",
    "UPDATE forum_member SET approved_count = 0",
    "DELETE FROM forum_posttext WHERE post_id = (SELECT max(post_id) FROM forum_posttext)",
    "UPDATE forum_topic SET solution_id = (SELECT id FROM forum_post WHERE status = 'hidden')",
    "UPDATE forum_board SET topic_count = 9",
    "UPDATE forum_board SET post_count = 9 WHERE topic_count > 0",
    "UPDATE forum_board SET last_topic_id = NULL",
]


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("recount_forum", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def topic():
    """Three posts that are public, and a hidden one."""
    topic = topic_of(4)
    transition(topic.posts.get(number=2), "hide", by=ModeratorFactory(), public_reason="x")
    run()  # its author is trusted for more than these
    return topic


def everything() -> list[tuple]:
    columns = "post_count, last_post_id, active_at, last_number, opened_at, solution_id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM forum_topic ORDER BY id")  # noqa: S608
        topics = cursor.fetchall()
        cursor.execute("SELECT topic_count, post_count, last_topic_id FROM forum_board ORDER BY id")
        boards = cursor.fetchall()
        cursor.execute("SELECT user_id, approved_count FROM forum_member ORDER BY id")
        members = cursor.fetchall()
        cursor.execute("SELECT post_id, board_id, published_at, vector FROM forum_posttext ORDER BY post_id")
        return topics + boards + members + cursor.fetchall()


@pytest.mark.parametrize("broken", BROKEN)
def test_what_was_broken_is_found_and_mended(topic, broken):
    before = everything()
    with connection.cursor() as cursor:
        cursor.execute(broken)
    with pytest.raises(CommandError, match="wrong"):
        run("--check")
    assert everything() != before
    assert "mended" in run()
    assert everything() == before
    assert run("--check").strip() == "all counts are right"


def test_the_ways_of_the_forum_leave_nothing_to_mend(topic):
    services.mark_solution(topic, topic.last_post, by=topic.author)
    other = topic_of(3)
    services.move(other, board("ask-your-peers"), by=ModeratorFactory())
    made = services.split(topic, topic.posts.filter(number=3), title="Another question", by=ModeratorFactory())
    services.merge(made, other, by=ModeratorFactory())
    services.delete_post(post_reply(other, by=known_member()), by=other.posts.order_by("pk").last().author)
    transition(post_topic().topic, "hide", by=ModeratorFactory(), public_reason="x")
    assert list(repair.wrong_topics()) == list(repair.wrong_boards()) == []
