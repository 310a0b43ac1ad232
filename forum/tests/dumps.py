"""Dumps of other forums for tests, and the command that brings them in."""

import io
import json
from pathlib import Path

from django.core.management import CommandError, call_command

from forum.tests.things import board

ROW = {"forum": "elsewhere", "topic_id": 7, "topic_title": "Which band for schools?", "hidden": False}
ROW |= {"reply_to_post_number": None, "author": "u_1", "body_format": "markdown", "created_at": "2022-08-24T07:05:43Z"}


def said(number: int, **values) -> dict:
    """Return the row of a post."""
    return {**ROW, "post_number": number, "body": f"This is post {number}.", **values}


def dump_of(folder: Path, *lines: dict | bytes, name: str = "dump.jsonl") -> Path:
    """Write a dump: rows, and lines as they are."""
    file = folder / name
    file.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return file


def bring_in(file: Path, **options) -> str:
    """Run the command; return what it said at last and how it ended, its exit code."""
    out = io.StringIO()
    try:
        call_command("import_forum", str(file), board=board().slug, stdout=out, **options)
    except CommandError as error:
        return f"{out.getvalue()}{error} [{error.returncode}]"
    return f"{out.getvalue()}[0]"
