"""The initiatives of bench/web.py: spread over all facets, with real texts in six languages, found by search."""

import json
import random
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import explain_lists
from django.db import connection
from export import SOURCES
from search_rows import Record, policies, sentences

from initiatives.models import SearchText
from initiatives.search import vocabulary, writing
from initiatives.vocabulary import MEASURE_LABELS

ROOT = Path(__file__).resolve().parent.parent
LAUNCH = ROOT / "initiatives" / "data" / "launch.json"
FILES = "policies.csv.gz", "multilingual_tico19.csv.gz"
TEXTS = 4_200  # more rows are copies of them
BATCH = 500

_TEXTS = "CREATE TEMP TABLE bench_texts (n int PRIMARY KEY, language text, title text, summary text, description text)"
_VERSIONS = """
INSERT INTO initiatives_initiativeversion (initiative_id, number, published_at, content, edited_by_secretariat)
SELECT id, 1, now(), '{}', false FROM initiatives_initiative
"""
_COPY_VECTORS = """
INSERT INTO initiatives_searchtext (initiative_id, vector, published_on, stale)
SELECT other.id, first.vector, other.published_on, false
FROM initiatives_initiative other
JOIN initiatives_searchtext first ON first.initiative_id = 1 + (other.id - 1) %% %(texts)s
WHERE other.id > %(texts)s
"""
REAL = explain_lists.MADE_UP | {
    "title": "left(bench_texts.title, 150)",
    "summary": "left(bench_texts.summary, 1200)",
    "description": "left(bench_texts.description, 8000)",
    "language": "bench_texts.language",
    "mark": "(array['not_checked', 'source_seen', 'confirmed', 'not_checked', 'contested'])[1 + i %% 5]",
    "compliance": "(array['mandatory', 'voluntary', 'not_stated'])[1 + i %% 3]",
    "measures": "array[(%(measures)s)[1 + floor(random() ^ 2 * %(measured)s)::int]]",
}


def texts(folder: Path, wanted: int) -> tuple[list[Record], str]:
    """Return texts, and where they are from: the policy records of `folder`, or what the launch content gives."""
    if not all((folder / name).is_file() for name in FILES):
        return list(islice(_made(random.Random(0)), wanted)), f"sentences of the launch content ({LAUNCH.name})"  # noqa: S311
    some = wanted // 4  # in six languages
    found = [*islice(policies(folder / FILES[0]), wanted - some), *islice(sentences(folder / FILES[1]), some)]
    return found, " and ".join(FILES)


def _made(rng: random.Random) -> Iterator[Record]:
    """Put sentences of the launch content together anew, without end."""
    by_language: dict[str, list[str]] = {}
    for row in json.loads(LAUNCH.read_text()):
        every = re.split(r"(?<=[.。؟!])\s*", f"{row['summary']} {row['description']}")
        by_language.setdefault(row["language"], []).extend(one for one in every if one.strip())
    languages = list(by_language)
    while True:
        language = rng.choice(languages)
        some = rng.choices(by_language[language], k=12)
        yield Record(language, some[0][:150], " ".join(some[1:4])[:1_200], "\n\n".join(some[4:]))


def fill(rows: int, records: list[Record]) -> None:
    """Make so many initiatives, with sources, versions, and texts for search."""
    rows_with_text = min(rows, len(records))
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS)
        values = [(n, *record[:4]) for n, record in enumerate(records[:rows_with_text], 1)]
        cursor.executemany("INSERT INTO bench_texts VALUES (%s, %s, %s, %s, %s)", values)
    beside = f"JOIN bench_texts ON bench_texts.n = 1 + (i - 1) %% {rows_with_text} ORDER BY i"
    measures = list(MEASURE_LABELS)
    explain_lists.fill(rows, REAL | {"beside": beside}, measures=measures, measured=len(measures))
    index = next(one for one in SearchText._meta.indexes if one.name == "search_vector")
    with connection.schema_editor() as editor:  # quicker to build than to keep
        editor.remove_index(SearchText, index)
    for start in range(1, rows_with_text + 1, BATCH):
        writing.write(range(start, min(start + BATCH, rows_with_text + 1)))
    with connection.cursor() as cursor:
        cursor.execute(_COPY_VECTORS, {"texts": rows_with_text})
        cursor.execute(_VERSIONS)
        cursor.execute(SOURCES)
    with connection.schema_editor() as editor:
        editor.add_index(SearchText, index)
    for _slice in range(0, rows_with_text, vocabulary.SLICE):  # the copies have no other words
        vocabulary.count_some()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE initiatives_change")
        cursor.execute("VACUUM ANALYZE")
