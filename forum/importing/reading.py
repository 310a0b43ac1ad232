"""Dumps of forums: a post in each line as JSON, in the order of topics and of their posts."""

import datetime
import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from django.utils.dateparse import parse_datetime
from markdownify import MarkdownConverter

from common.text import clean_line, clean_markdown, cut_at_sentence
from forum.models.post import BODY_MAX
from forum.models.topic import SOURCE_MAX, TITLE_MAX

WITHOUT_WORDS = ["script", "style", "template", "svg"]  # nothing in them is text
NAME_MAX = 60  # characters of an author's name
_CONVERTER = MarkdownConverter(heading_style="ATX", bullets="-", default_title=False)


class UnusableFile(Exception):
    """The file cannot be read on; the message says where and why."""


@dataclass(frozen=True)
class Entry:
    """A post of another forum. `body` is Markdown, empty where the post says nothing or was hidden there."""

    topic: str  # names it among all forums, as `source` does the post
    source: str
    number: int
    reply_to: int | None
    title: str
    author: str  # as named there
    place: str  # of the author among all forums
    created_at: datetime.datetime
    body: str


def entries(file: Path) -> Iterator[Entry]:
    """Yield the posts of a .jsonl or .jsonl.gz file. Raises UnusableFile with the number of the line."""
    opened = gzip.open if file.suffix == ".gz" else open
    line = 0
    try:
        with opened(file, "rt", encoding="utf-8") as lines:
            for line, text in enumerate(lines, start=1):  # noqa: B007 the number is told below
                yield _entry(json.loads(text))
    except (OSError, EOFError, zlib.error) as error:
        raise UnusableFile(f"{file.name} cannot be read: {error}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnusableFile(f"Line {line} is no post of a forum: {error!r}") from error


def markdown_of(body: str, kind: str) -> str:
    """Return the text of a post as Markdown, whatever its length; `kind` is markdown or html."""
    if kind == "html":
        page = BeautifulSoup(body, "html.parser")
        for element in page(WITHOUT_WORDS):
            element.decompose()
        body = _CONVERTER.convert_soup(page)
    elif kind != "markdown":
        raise ValueError(f"body_format {kind!r}")
    return clean_markdown(body)


def _entry(row: dict[str, Any]) -> Entry:
    topic = f"{row['forum']}:{int(row['topic_id'])}"[: SOURCE_MAX // 2]
    number, answered = int(row["post_number"]), row.get("reply_to_post_number")
    created_at = parse_datetime(row["created_at"])
    if created_at is None or created_at.tzinfo is None:
        raise ValueError(f"created_at {row['created_at']!r}")
    author = clean_line(str(row["author"]))[:NAME_MAX] or "unknown"
    body = "" if row.get("hidden") else markdown_of(row["body"], row["body_format"])
    return Entry(
        topic=topic,
        source=f"{topic}:{number}",
        number=number,
        reply_to=int(answered) if answered else None,
        title=clean_line(row["topic_title"])[:TITLE_MAX] or topic,
        author=author,
        place=str(row["forum"]),
        created_at=created_at,
        body=cut_at_sentence(body, BODY_MAX),
    )
