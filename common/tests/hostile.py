"""Hostile strings from outside the repository: tests that need them are skipped, and say so, where they are absent."""

import gzip
import json
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile_strings.jsonl.gz"


def payloads(*categories: str) -> list[str]:
    """Return the payloads of the categories, all where none is named."""
    if not FILE.exists():
        pytest.skip(f"not tested: {FILE.name} is not beside the repository ({FILE})", allow_module_level=True)
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row["payload"] for row in rows if not categories or row["category"] in categories]
