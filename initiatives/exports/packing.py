"""The files of a dump, written into a folder."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from common.csv import csv_lines
from countries.models import Country
from initiatives.exports import dictionary, documents, reading, tables
from initiatives.exports.about import LICENCE, address, attribution
from initiatives.models import Initiative

TABLE, LINES, COUNTRIES = "initiatives.csv.gz", "initiatives.jsonl.gz", "countries.csv"
COLUMNS, PACKAGE, README = "dictionary.csv", "datapackage.json", "README.txt"
NAMES = (TABLE, LINES, COUNTRIES, COLUMNS, PACKAGE, README)  # SHA256SUMS names them


def pack(place: Path, day: str) -> int:
    """Write the files NAMES into the folder `place`; return how many initiatives they hold."""
    rows = _initiatives(place)
    _write(place / COUNTRIES, csv_lines(_countries()))
    _write(place / COLUMNS, csv_lines(dictionary.dictionary_rows()))
    resources = [
        dictionary.resource("initiatives", TABLE, dictionary.table_schema(), compression="gz", rows=rows),
        dictionary.resource("countries", COUNTRIES, dictionary.country_schema()),
    ]
    package = dictionary.package(resources, created=f"{day}T00:00:00Z")
    _write(place / PACKAGE, [json.dumps(package, ensure_ascii=False, indent=1), "\n"])
    _write(place / README, [readme(day, rows)])
    return rows


def _initiatives(place: Path) -> int:
    """Write the table and the lines side by side, so that each initiative is read once and is the same in both."""
    chunks = reading.rows_of(reading.ids_of(Initiative.objects.public().newest()), strict=False)
    rows = 0
    with _zipped(place / TABLE) as table, _zipped(place / LINES) as lines:
        table.writelines(tables.csv_text([]))
        for chunk in chunks:
            table.writelines(csv_lines(map(tables.cells_of, chunk)))
            lines.writelines(documents.json_lines([chunk]))
            rows += len(chunk)
    return rows


def _zipped(path: Path):
    return gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=6)


def _write(path: Path, parts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(parts)


def _countries() -> Iterable[Iterable[Any]]:
    yield dictionary.COUNTRY_COLUMNS
    for row in Country.objects.order_by("iso2").values_list(*dictionary.COUNTRY_COLUMNS):
        yield [str(cell).lower() if isinstance(cell, bool) else cell for cell in row]


def readme(day: str, rows: int) -> str:
    """Return what somebody should know who finds the files without the portal."""
    facts = {
        "site": settings.SITE_NAME,
        "day": day,
        "rows": rows,
        "licence": f"{LICENCE['title']}, {LICENCE['path']}",
        "attribution": attribution(),
        "dictionary": address("initiatives:data"),
        "pages": address("initiatives:list"),
    }
    return _(_README) % facts


_README = gettext_noop(
    """%(site)s: all public initiatives on %(day)s (%(rows)s of them)

initiatives.csv.gz     a row for each, columns as in dictionary.csv; UTF-8, lists divided by semicolons
initiatives.jsonl.gz   the same as JSON, an object a line, lists as arrays
countries.csv          codes, names, ITU regions, groups and points of countries and territories
dictionary.csv         columns and codes
datapackage.json       the same for machines (Frictionless Data Package)
SHA256SUMS             check with: sha256sum --check SHA256SUMS

In CSV an apostrophe stands before =, +, - and @ at the start of a cell or after a semicolon, so that no spreadsheet
takes text for a formula; JSON has the text as it is. The status of a measure is the one of this day.

Each initiative has its page at %(pages)sREFERENCE/. What is removed from the portal is in no later dump; please let
it go from your copies too. What the columns mean and how we count: %(dictionary)s

Licence: %(licence)s
Please name: %(attribution)s
"""
)
