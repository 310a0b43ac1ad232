"""What a line of a dump must say to become a post here."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from common.text import beginning, clean_line, cut_at_sentence
from forum.importing.pages import TooDeep
from forum.importing.texts import markdown_of
from forum.models.post import BODY_MAX
from forum.models.topic import TITLE_MAX

FORUM_MAX = 50  # characters of its name: it stands in `source` with two numbers
NUMBER_MAX = 10**15
LINES_MIN = BODY_MAX - 2_000  # characters: what would be shorter is cut within a line
OLDEST = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """A post of another forum. `body` is Markdown, empty where the post says nothing or was hidden there."""

    line: int  # of the dump
    topic: str  # names it among all forums, as `source` does the post, and `answers` the one that it answers
    source: str
    answers: str  # empty where it answers none
    number: int
    title: str
    author: str  # as named there
    forum: str
    created_at: datetime.datetime
    body: str
    length: int  # characters of the body before it was cut


def entry_of(row: Row, line: int) -> Entry:
    """Return the post that a line says. Raises ValidationError with the column that is wrong, and why."""
    topic, number = topic_of(row), _number(row, "post_number")
    answered = _number(row, "reply_to_post_number") if row.get("reply_to_post_number") else None
    created_at, title = _moment(row), clean_line(_text(row, "topic_title"))
    body = "" if _is_hidden(row) else _body(row)
    return Entry(
        line=line,
        topic=topic,
        source=f"{topic}:{number}",
        answers=f"{topic}:{answered}" if answered else "",
        number=number,
        title=cut_at_sentence(title, TITLE_MAX) or topic,
        author=clean_line(_text(row, "author")) if row.get("author") is not None else "",
        forum=row["forum"],
        created_at=created_at,
        body=_whole_lines(body),
        length=len(body),
    )


def topic_of(row: Row) -> str:
    """Return what names the topic among all forums."""
    forum = _text(row, "forum")
    if not forum or clean_line(forum) != forum or len(forum) > FORUM_MAX:
        raise _wrong("forum", f"not a name in one line of at most {FORUM_MAX} characters")
    return f"{forum}:{_number(row, 'topic_id')}"


def _wrong(column: str, reason: str) -> ValidationError:
    return ValidationError({column: [reason]})


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    if not isinstance(value, str):
        raise _wrong(column, "missing" if value is None else "not a text")
    return value


def _number(row: Row, column: str) -> int:
    value = row.get(column)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:20])
    if type(value) is not int or not 0 <= value <= NUMBER_MAX:  # not isinstance: True is none
        raise _wrong(column, "missing" if value is None else "not a whole number from 0 up")
    return value


def _moment(row: Row) -> datetime.datetime:
    text = _text(row, "created_at")
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise _wrong("created_at", "not a date and time with a time zone (ISO 8601)")
    if not OLDEST <= moment <= timezone.now():
        raise _wrong("created_at", "in the future" if moment > OLDEST else "before 1970")
    return moment


def _is_hidden(row: Row) -> bool:
    hidden = row.get("hidden")
    if not (hidden is None or isinstance(hidden, bool)):
        raise _wrong("hidden", "neither true nor false")
    return bool(hidden)


def _body(row: Row) -> str:
    body, kind = _text(row, "body"), row.get("body_format")
    if kind not in ("html", "markdown"):
        raise _wrong("body_format", "neither html nor markdown")
    try:
        return markdown_of(body, kind)
    except TooDeep as error:
        raise _wrong("body", "HTML in more levels than anybody reads") from error


def _whole_lines(body: str) -> str:
    """Return as much of the Markdown as a post may have: whole lines, unless these are pages."""
    if len(body) <= BODY_MAX:
        return body
    lines = beginning(body, BODY_MAX - 3).rpartition("\n")[0]
    return f"{lines}\n\n…" if len(lines) > LINES_MIN else cut_at_sentence(body, BODY_MAX)
