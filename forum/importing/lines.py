"""Dumps of forums, a line at a time: a post in each, as JSON."""

import codecs
import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError

from forum.importing.reading import topic_of
from initiatives.importing.readers import UnusableFile, refuse_unreadable

LINE_MAX = 2_000_000  # bytes
_OTHER_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # those of UTF-32 begin or end with them


@dataclass(frozen=True)
class Plan:
    """What a first look tells: how many lines there are, and which topics are complete after which line."""

    lines: int
    limit: int | None
    complete: dict[int, str]


def plan_of(file: Path, limit: int | None) -> Plan:
    """Go through the file once, so that no more of it has to be kept in memory than topics that are not complete."""
    refuse_unreadable(file)
    last: dict[str, int] = {}
    seen = 0
    with suppress(UnusableFile):  # that is said where its posts are read
        for number, line in islice(lines(file), limit):
            seen += 1
            with suppress(ValidationError):
                last[topic_of(row_of(line))] = number
    return Plan(seen, limit, {number: topic for topic, number in last.items()})


def lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a .jsonl or .jsonl.gz file in which something stands, with their numbers, the first being 1.

    Of a line that is too long only the beginning. Raises UnusableFile where the file cannot be read (on).
    """
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rb") as source:
            for number in count(1):
                line = _next_line(source)
                if not line:
                    return
                if number == 1 and line.startswith(_OTHER_ENCODINGS):
                    raise UnusableFile(f"{file.name} is in UTF-16, not in UTF-8")
                line = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
                if line.strip():
                    yield number, line
    except (OSError, EOFError, zlib.error) as error:
        raise UnusableFile(f"{file.name} cannot be read on: {error}") from error


def row_of(line: bytes) -> dict[str, Any]:
    """Return what stands in a line. Raises ValidationError with what is wrong, but nothing of what it says."""
    if len(line) > LINE_MAX:
        raise ValidationError(f"longer than {LINE_MAX:,} bytes")
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise ValidationError(f"byte {error.start + 1} is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise ValidationError(f"no JSON from character {error.pos + 1} on: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise ValidationError("JSON that nobody can read") from error
    if not isinstance(row, dict):
        raise ValidationError("JSON, but not an object with names and values")
    return row


def _next_line(source: BinaryIO) -> bytes:
    line = rest = source.readline(LINE_MAX + 1)
    while len(rest) > LINE_MAX and not rest.endswith(b"\n"):
        rest = source.readline(LINE_MAX + 1)
    return line
