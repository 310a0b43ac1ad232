"""Lines of a dump that say no post: each is refused, named and reported, and the rest goes in."""

import csv
import gzip
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from forum.importing import lines
from forum.models import Post, Topic
from forum.services import repair
from forum.tests.dumps import ROW, bring_in, dump_of, said

pytestmark = pytest.mark.django_db

LINES = {
    b"nonsense": "line 2: no JSON from character 1 on",
    b'{"forum": "elsewhere",': "line 2: no JSON from character 24 on",
    b"[]": "line 2: JSON, but not an object",
    b"\x00": "line 2: no JSON",
    b"[" * 100_000: "line 2: JSON that nobody can read",
    b"1" * 5_000: "line 2: JSON that nobody can read",
    b'{"forum": "caf\xe9"}': "line 2: byte 15 is not UTF-8",
    b"{}": "line 2, forum: missing",
}
VALUES = [
    ("forum", None, "missing"),
    ("forum", "", "not a name"),
    ("forum", "a\x00b", "not a name"),
    ("forum", "a\ud800b", "not a name"),
    ("forum", "x" * 51, "not a name"),
    ("topic_id", None, "missing"),
    ("topic_id", float("inf"), "not a whole number"),
    ("topic_id", True, "not a whole number"),
    ("topic_id", -1, "not a whole number"),
    ("topic_id", 10**30, "not a whole number"),
    ("post_number", "seven", "not a whole number"),
    ("post_number", [1], "not a whole number"),
    ("reply_to_post_number", "x", "not a whole number"),
    ("topic_title", None, "missing"),
    ("topic_title", 7, "not a text"),
    ("author", 7, "not a text"),
    ("body", None, "missing"),
    ("body", {"a": 1}, "not a text"),
    ("body_format", "bbcode", "neither html nor markdown"),
    ("hidden", "no", "neither true nor false"),
    ("created_at", None, "missing"),
    ("created_at", 7, "not a text"),
    ("created_at", "yesterday", "not a date"),
    ("created_at", "2022-02-30T00:00:00Z", "not a date"),
    ("created_at", "2022-02-03T00:00:00", "not a date"),
    ("created_at", "0001-01-01T00:00:00+14:00", "before 1970"),
    ("created_at", "2199-01-01T00:00:00Z", "in the future"),
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_is_no_post_is_named_and_the_others_go_in(tmp_path, line):
    file = dump_of(tmp_path, said(1), line, said(2), said(1, topic_id=8))
    told = bring_in(file)
    assert "Posts: 3 added, 0 there already, 0 without text, 0 cut, 1 refused" in told
    assert LINES[line] in told
    assert told.endswith("1 lines were refused; the report is " + f"{file}.refused.csv [1]")
    assert (Topic.objects.count(), Post.objects.public().count()) == (2, 3)


@pytest.mark.parametrize(("column", "value", "reason"), VALUES)
def test_a_value_that_cannot_be_is_refused_with_its_column(tmp_path, column, value, reason):
    told = bring_in(dump_of(tmp_path, said(1), said(2, **{column: value}), said(3)))
    assert f"line 2, {column}: {reason}" in told
    assert "2 added" in told
    assert Post.objects.count() == 2


def test_html_of_endless_depth_is_refused(tmp_path):
    told = bring_in(dump_of(tmp_path, said(1), said(2, body="<div>" * 20_000, body_format="html")))
    assert "line 2, body: HTML in more levels than anybody reads" in told


def test_a_report_names_line_column_beginning_and_reason(tmp_path):
    report = tmp_path / "refused.csv"
    bring_in(dump_of(tmp_path, said(1), b"[]", said(3, topic_title=["=1+1", "x" * 200])), report=report)
    rows = list(csv.reader(report.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["row", "column", "value", "reason"]
    assert rows[1] == ["2", "", "", "JSON, but not an object with names and values"]
    assert (rows[2][:2], len(rows[2][2]), rows[2][3]) == (["3", "topic_title"], 80, "not a text")


def test_the_screen_shows_nothing_of_what_a_line_says(tmp_path):
    told = bring_in(dump_of(tmp_path, said(1), json.dumps(said(2, body="Secret.")).encode()[:-1] + b"\xff}"))
    assert "Secret" not in told
    assert len(told) < 400


def test_only_some_lines_are_named_on_the_screen(tmp_path):
    told = bring_in(dump_of(tmp_path, *[b"[]"] * 30))
    assert "30 refused" in told
    assert (told.count("line "), "line 20:" in told, "line 21:" in told) == (20, True, False)


def test_empty_lines_are_passed_over_and_counted_on(tmp_path):
    told = bring_in(dump_of(tmp_path, b"", said(1), b"  ", b"[]", said(2), b"", b""))
    assert "line 4: JSON, but" in told
    assert "2 added" in told


def test_the_mark_of_utf8_at_the_beginning_is_no_fault(tmp_path):
    assert "1 added" in bring_in(dump_of(tmp_path, b"\xef\xbb\xbf" + json.dumps(said(1)).encode()))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_file_in_another_encoding_is_refused_as_a_whole(tmp_path, encoding):
    file = tmp_path / "dump.jsonl"
    file.write_text(json.dumps(said(1)), encoding)
    assert bring_in(file) == "Posts: 0 added, 0 there already, 0 without text, 0 cut, 0 refused\n" + (
        "dump.jsonl is in UTF-16, not in UTF-8. What was read before is kept. [2]"
    )


def test_a_line_without_end_is_refused_and_not_kept_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "LINE_MAX", 1_000)
    told = bring_in(dump_of(tmp_path, said(1), said(2, body="x" * 5_000), said(3)))
    assert "line 2: longer than 1,000 bytes" in told
    assert "2 added" in told


def test_what_was_read_of_a_damaged_file_is_kept(tmp_path):
    file = tmp_path / "dump.jsonl.gz"
    rows = [said(1 + number % 2, topic_id=number // 2, body=f"{timezone.now()} " * 20) for number in range(2_000)]
    packed = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    file.write_bytes(packed[: len(packed) // 40])
    told = bring_in(file)
    assert "dump.jsonl.gz cannot be read on" in told
    assert told.endswith("[2]")
    assert Post.objects.count() > 2
    assert list(repair.wrong_topics()) == []


def test_the_same_number_twice_in_a_topic_is_refused(tmp_path):
    told = bring_in(dump_of(tmp_path, said(1), said(2), said(2, body="Another one.")))
    assert "line 3, post_number: line 2 has this post of the topic as well" in told
    assert "2 added" in told


def test_a_long_name_of_a_forum_does_not_make_one_topic_of_two(tmp_path):
    long = {"forum": "f" * 50}
    bring_in(dump_of(tmp_path, said(1, topic_id=10**15, **long), said(1, topic_id=10**15 - 1, **long)))
    assert Topic.objects.count() == 2


def test_long_posts_are_cut_counted_and_named(tmp_path):
    report = tmp_path / "refused.csv"
    told = bring_in(dump_of(tmp_path, said(1), said(2, body="One more word. " * 2_000)), report=report)
    assert "2 added, 0 there already, 0 without text, 1 cut, 0 refused" in told
    assert "line 2, body: kept, cut from 29,999 to 19,994 characters" in told
    assert "elsewhere:7:2" in report.read_text("utf-8-sig")


def test_long_posts_are_cut_between_lines_where_they_have_any(tmp_path):
    lines = [f"{number:04} a line of a log. It has two sentences" for number in range(800)]
    told = bring_in(dump_of(tmp_path, said(1, body="One sentence.\n```\n" + "\n".join(lines) + "\n```")))
    assert "1 cut" in told
    body = Post.objects.get().body
    start, _gap, end = body.rpartition("\n\n")
    assert (end, start.rpartition("\n")[2] in lines) == ("…", True)
    assert 20_000 - 60 < len(body) <= 20_000


def test_what_is_before_now_is_not_in_the_future(tmp_path):
    now = timezone.now()
    told = bring_in(dump_of(tmp_path, said(1, created_at=now.isoformat()), said(2, created_at=_later(now))))
    assert "line 2, created_at: in the future" in told
    assert Post.objects.get().published_at == now


def _later(now) -> str:
    return (now + timedelta(hours=1)).isoformat()


def test_the_report_never_overwrites_the_dump(tmp_path):
    file = dump_of(tmp_path, ROW)
    assert bring_in(file, report=file).endswith("The report would overwrite the file itself. [2]")
    assert bring_in(file, report=tmp_path / "nowhere" / "x.csv").endswith("choose its place with --report [2]")


def test_without_a_terminal_a_line_tells_now_and_then_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr("forum.management.commands.import_forum.SAY_EVERY", 2)
    told = bring_in(dump_of(tmp_path, *[said(1, topic_id=number) for number in range(5)]))
    assert told.startswith("2 of 5 posts\n4 of 5 posts\nPosts: 5 added")
