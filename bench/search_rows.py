"""Many initiatives with real text, straight into the tables: for bench/search.py."""

import csv
import gzip
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from django.db import connection

from accounts.models import Organisation
from common.text import clean_block, clean_line
from countries.models import Country
from initiatives.models import Collection, Initiative, SearchText
from initiatives.search import writing

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
TITLE, SUMMARY, BATCH = 150, 1_200, 1_000
# Copies, with their vectors: made in the database, which is much quicker than to make them again.
COPY = """
    INSERT INTO initiatives_initiative ({columns}) SELECT {values} FROM initiatives_initiative WHERE id <= %(last)s
        ORDER BY id LIMIT %(rows)s;
    INSERT INTO initiatives_initiative_countries (initiative_id, country_id)
        SELECT initiative_id + %(shift)s, country_id FROM initiatives_initiative_countries
        WHERE initiative_id + %(shift)s IN (SELECT id FROM initiatives_initiative) AND initiative_id <= %(last)s;
    INSERT INTO initiatives_searchtext (initiative_id, vector, published_on, stale)
        SELECT new.id, old.vector, new.published_on, false FROM initiatives_searchtext old
        JOIN initiatives_initiative new ON new.id = old.initiative_id + %(shift)s WHERE old.initiative_id <= %(last)s;
"""


class Record(NamedTuple):
    language: str
    title: str
    summary: str
    description: str
    country: str = ""


def read(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(10**9)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def sentences(path: Path) -> Iterator[Record]:
    """Each language of each sentence is a record: its beginning is the title, the next sentence stands below it."""
    rows = list(read(path))
    for row, after in zip(rows, [*rows[1:], rows[0]], strict=True):
        for language in LANGUAGES:
            text = clean_line(row[language])
            yield Record(language, text[:TITLE], text, clean_line(after[language]))


def policies(path: Path, limit: int | None = None) -> Iterator[Record]:
    """The records of the file, each text once."""
    seen, known = set(), {"en", "fr", "es", "ru", "ar", "zh"}
    for row in read(path):
        title, text = clean_line(row["title"])[:TITLE], clean_block(row["description"])
        if title and text and (title, text) not in seen and len(seen) != limit:
            seen.add((title, text))
            language = row["language"] if row["language"] in known else "other"
            country = row["country_iso2"] if len(row["country_iso2"]) == 2 else ""
            yield Record(language, title, text[:SUMMARY], text[SUMMARY:9_000], country)


def load(records: Iterable[Record], rng: random.Random) -> list[Initiative]:
    """Make public initiatives of the records, and their texts for search."""
    names = list(Country.objects.values_list("pk", flat=True))
    collection = Collection.objects.create(slug="bench", name="Bench", opens_on="2020-01-01")
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Authority {number}", stakeholder_type="regulator", country_id=rng.choice(names))
        for number in range(500)
    )
    pairs = [(_row(number, one, rng, collection, organisations), one) for number, one in enumerate(records, 1)]
    rows = Initiative.objects.bulk_create([row for row, _one in pairs], batch_size=BATCH)
    naming, known = Initiative.countries.through, set(names)
    naming.objects.bulk_create(
        [
            naming(initiative=row, country_id=one.country if one.country in known else rng.choice(names))
            for row, one in pairs
        ],
        batch_size=BATCH,
    )
    for start in range(0, len(rows), BATCH):
        writing.write([row.pk for row in rows[start : start + BATCH]])
    return rows


def _row(number: int, record: Record, rng: random.Random, collection, organisations) -> Initiative:
    start = date(2020, 3, 1) + timedelta(days=rng.randrange(2_000))
    return Initiative(
        **_texts(record),
        reference=f"INI-2026-{number:06}",
        slug="slug",
        published_on=start + timedelta(days=rng.randrange(300)),
        starts_on=start,
        theme=rng.choice(("spectrum", "public_information", "digital_services_continuity", "economic_measures")),
        scope="national",
        stakeholder_type="regulator",
        end_kind=rng.choice(("open_ended", "not_announced")),
        mark=rng.choice(("not_checked", "source_seen", "confirmed")),
        organisation=rng.choice(organisations),
        collection=collection,
    )


def _texts(record: Record) -> dict[str, str]:
    return {name: getattr(record, name) for name in ("language", "title", "summary", "description")}


def multiply(rows: int) -> None:
    """Copy what is there until there are so many rows."""
    columns = [field.column for field in Initiative._meta.local_fields]
    changed = {"id": "id + %(shift)s", "reference": "'INI-2027-' || (id + %(shift)s)"}
    changed["published_on"] = "published_on + (random() * 300)::int - 150"
    sql = COPY.format(columns=", ".join(columns), values=", ".join(changed.get(name, name) for name in columns))
    last = Initiative.objects.order_by("pk").last().pk
    while (have := SearchText.objects.count()) < rows:
        with connection.cursor() as cursor:
            cursor.execute(sql, {"last": last, "rows": min(rows - have, last), "shift": have})
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('initiatives_initiative', 'id'), max(id)) "
                "FROM initiatives_initiative"
            )
