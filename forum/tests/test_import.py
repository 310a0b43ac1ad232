"""Conversations of other forums: brought in once, with times, replies and authors, and drawn without a fault."""

import gzip
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import User
from forum import services
from forum.importing.texts import markdown_of
from forum.models import Board, Post, Topic
from forum.rendering import render
from forum.services import repair
from forum.services.noticing import STALE
from forum.tests.things import board
from forum.tests.told import letters_to, member

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ROW = {"forum": "elsewhere", "topic_id": 7, "topic_title": "Which band for schools?", "hidden": False}
ROW |= {"reply_to_post_number": None, "author": "u_1", "body_format": "markdown"}
POSTS = [
    {**ROW, "post_number": 1, "created_at": "2022-08-24T07:05:43.041Z", "body": "Which **band** did you take?[^1]"},
    {**ROW, "post_number": 2, "created_at": "2022-08-25T07:00:00Z", "author": "u_2", "body": "Ask @forum."},
    {
        **ROW,
        "post_number": 4,
        "created_at": "2022-08-26T07:00:00Z",
        "reply_to_post_number": 2,
        "body_format": "html",
        "body": '<p>See <a href="https://a.example/">this</a>.</p><script>alert(1)</script><ul><li>one</li></ul>',
    },
    {**ROW, "post_number": 5, "created_at": "2022-08-27T07:00:00Z", "hidden": True, "body": "Nobody should read this."},
    {**ROW, "topic_id": 8, "post_number": 1, "created_at": "2023-01-01T00:00:00Z", "body": "Another topic."},
]


@pytest.fixture
def dump(tmp_path):
    file = tmp_path / "dump.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in POSTS)
    return file


def bring_in(file, **options):
    call_command("import_forum", str(file), board=board().slug, **options)


@pytest.mark.django_db
def test_posts_keep_their_times_authors_and_replies(dump):
    bring_in(dump)
    first, second, third = Post.objects.filter(source__startswith="elsewhere:7:").order_by("number")
    assert first.published_at == first.created_at == parse_datetime("2022-08-24T07:05:43.041Z")
    assert (first.is_first, second.is_first, third.reply_to) == (True, False, second)
    assert (first.author.name, second.author.name) == ("u_1", "u_2")
    assert third.html.startswith('<p>See <a href="https://a.example/"')
    assert "alert" not in third.body
    topic = first.topic
    assert (topic.post_count, topic.opened_at, topic.active_at) == (3, first.created_at, third.created_at)


@pytest.mark.django_db
def test_counts_are_right_afterwards(dump):
    bring_in(dump)
    assert list(repair.wrong_topics()) == []
    there = Board.objects.get(slug=board().slug)
    assert (there.topic_count, there.post_count, there.last_topic.source) == (2, 4, "elsewhere:8")


@pytest.mark.django_db
def test_twice_is_once(dump, capsys):
    bring_in(dump, limit=2)
    bring_in(dump)
    bring_in(dump)
    assert (Topic.objects.count(), Post.objects.count()) == (2, 4)
    assert Post.objects.get(source="elsewhere:7:4").reply_to.source == "elsewhere:7:2"
    assert "Posts: 0 added, 4 there already, 1 without text, 0 cut, 0 refused" in capsys.readouterr().out


@pytest.mark.django_db
def test_nobody_signs_in_under_the_name_of_an_author(dump):
    bring_in(dump)
    for author in User.objects.filter(posts__isnull=False):
        assert author.is_system
        assert not author.has_usable_password()


@pytest.mark.django_db
def test_a_board_that_is_not_there_and_a_file_that_is_not_there_are_said(dump, tmp_path):
    with pytest.raises(CommandError, match="no board"):
        call_command("import_forum", str(dump), board="nowhere")
    with pytest.raises(CommandError, match="there is no file"):
        bring_in(tmp_path / "nothing.jsonl")


def rows(name: str):
    file = DATA / f"forum_{name}.jsonl.gz"
    if not file.exists():
        pytest.skip(f"not tested: {file.name} is not beside the repository ({file})")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@pytest.mark.parametrize("name", ["delving", "slicer"])
def test_every_post_of_real_forums_is_drawn(name):
    for row in rows(name):
        html = render(markdown_of(row["body"], row["body_format"]))
        assert html.strip() or not row["body"].strip("- \n") or "<" in row["body"], row["body"]


@pytest.mark.django_db
def test_a_real_forum_is_brought_in(tmp_path):
    list(zip(range(1), rows("delving"), strict=False))
    bring_in(DATA / "forum_delving.jsonl.gz", limit=120, report=tmp_path / "refused.csv")
    assert Post.objects.exclude(reply_to=None).exists()
    assert list(repair.wrong_topics()) == []


@pytest.mark.django_db
def test_what_is_brought_in_is_told_to_nobody(tmp_path, caplog, django_capture_on_commit_callbacks):
    services.follow(board(), by=(follower := member()))
    now = timezone.now().isoformat()
    file = tmp_path / "dump.jsonl"
    file.write_text(json.dumps({**POSTS[0], "created_at": now}) + "\n", "utf-8")
    with django_capture_on_commit_callbacks(execute=True):
        bring_in(file)
    assert "make_notices" not in caplog.text  # which would be a task for each of a hundred thousand posts
    assert Post.objects.get().published_at > timezone.now() - STALE
    assert letters_to(follower) == []
