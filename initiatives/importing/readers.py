"""Files as streams of rows: CSV in UTF-8, the same packed with gzip, and XLSX. One row in memory at a time."""

import contextlib
import csv
import datetime
import gzip
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

Row = dict[str, str]
MAX_CELL = 131_072  # characters; a cell beyond it is no text for a portal, and the file probably lacks a quote

_DAMAGED = (
    *(csv.Error, EOFError, zlib.error, zipfile.BadZipFile),  # gzip.BadGzipFile is an OSError
    *(InvalidFileException, ParseError, DefusedXmlException, KeyError, ValueError, OSError),
)
EXTRA = ""  # the key of what stands beyond the last column


class UnusableFile(Exception):
    """The file as a whole cannot be read; the message says why, in words."""


@dataclass(frozen=True)
class Table:
    """The columns of a file, and its rows with the numbers that a spreadsheet shows beside them (the first is 2)."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[int, Row]]


@contextlib.contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a CSV, CSV.GZ or XLSX file; raise UnusableFile where it is none, here or while its rows are read."""
    refuse_unreadable(path)
    kind = "".join(path.suffixes[-2:]).lower()
    if kind.endswith(".xlsx"):
        yield from _open_xlsx(path)
    elif kind.endswith((".csv", ".csv.gz")):
        yield from _open_csv(path, packed=kind.endswith(".gz"))
    else:
        raise UnusableFile(f"{path.name} is neither .csv, .csv.gz nor .xlsx")


def refuse_unreadable(path: Path) -> None:
    """Raise UnusableFile where there is nothing to read, so that nobody is told of damage where a right is missing."""
    try:
        if path.is_dir():
            raise UnusableFile(f"{path} is a folder: name the file")
        if not path.is_file():
            raise UnusableFile(f"there is no file {path}")
        path.open("rb").close()
    except OSError as error:
        raise UnusableFile(f"{path} cannot be opened: {error.strerror}") from error


def _open_csv(path: Path, *, packed: bool) -> Iterator[Table]:
    csv.field_size_limit(MAX_CELL)
    opened = gzip.open if packed else open
    # newline="": a quoted cell may hold newlines, which are not ends of rows.
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield _table(path, csv.reader(file))


def _open_xlsx(path: Path) -> Iterator[Table]:
    try:
        # data_only: the value that a formula last had, never the formula.
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
    except (*_DAMAGED, IndexError) as error:
        raise UnusableFile(f"{path.name} is no XLSX file, or damaged") from error
    with contextlib.closing(book):
        sheet.reset_dimensions()  # some programs write a size that is smaller than the sheet
        yield _table(path, ([_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)))


def _table(path: Path, lines: Iterator[Sequence[str]]) -> Table:
    lines = _readable(path, lines)
    columns = _columns(next(lines, []))
    return Table(columns, _numbered(columns, lines))


def _readable(path: Path, lines: Iterator[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Pass the lines on; damage that shows only on the way becomes UnusableFile."""
    try:
        yield from lines
    except UnicodeDecodeError as error:
        raise UnusableFile(f"{path.name} is not in UTF-8: save it as “CSV UTF-8” and try again") from error
    except _DAMAGED as error:
        raise UnusableFile(f"{path.name} is damaged, or not what its name says: {error}") from error


def _columns(names: Sequence[str]) -> tuple[str, ...]:
    columns = [name.strip().lower() for name in names]
    while columns and not columns[-1]:
        columns.pop()
    if not columns:
        raise UnusableFile("the file is empty: its first row must name the columns")
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise UnusableFile(f"columns named twice: {', '.join(name or '(no name)' for name in twice)}")
    return tuple(sys.intern(name) for name in columns)


def _numbered(columns: Sequence[str], lines: Iterator[Sequence[str]]) -> Iterator[tuple[int, Row]]:
    width = len(columns)
    for number, cells in enumerate(lines, start=2):
        if any(cells):
            row = dict(zip(columns, [*cells, *[""] * (width - len(cells))], strict=False))
            row[EXTRA] = "".join(cells[width:])
            yield number, row


def _text(cell: Any) -> str:
    """Return the cell as the same text that a CSV of this sheet would hold."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
