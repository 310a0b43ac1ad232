"""What was refused, row by row, in a file that a spreadsheet opens; and the counts at the end."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from common.text import clean_line
from initiatives.importing.readers import UnusableFile

COLUMNS = ("row", "column", "value", "reason")
EXCERPT = 80  # characters
# A spreadsheet takes a cell that begins like this for a formula; a leading apostrophe says that it is text.
_FORMULA = ("=", "+", "-", "@")


@dataclass
class Summary:
    """Counts of rows: added, there already, refused; and of refused ones by column and reason."""

    added: int = 0
    known: int = 0
    refused: int = 0
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def seen(self) -> int:
        return self.added + self.known + self.refused


def default_path(source: Path) -> Path:
    """Return where the report goes: next to the file, `measures.csv` → `measures.csv.refused.csv`.

    The ending stays, or `measures.xlsx` would overwrite the report of `measures.csv`.
    """
    return source.parent / f"{source.name}.refused.csv"


def plain(value: str) -> str:
    """Return an excerpt of a cell that no spreadsheet runs."""
    text = clean_line(value[: EXCERPT * 3])
    text = text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"
    return f"'{text}" if text.startswith(_FORMULA) else text


class Report:
    """The report file. Written batch by batch: an interruption loses nothing, and a full disk undoes no batch."""

    def __init__(self, path: Path, column_of: Mapping[str, str]) -> None:
        """Begin the file, so that a place where it cannot be written shows before any row is brought in."""
        self.path, self._column_of = path, column_of
        self._lines: list[tuple[str | int, ...]] = [COLUMNS]
        self._write("w")

    def write(self) -> None:
        """Add what was refused since the last time."""
        if self._lines:
            self._write("a")

    def _write(self, mode: str) -> None:
        try:
            # utf-8-sig: without the mark, Excel takes the file for another encoding.
            with self.path.open(mode, encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(self._lines)
        except OSError as error:
            why = f"{self.path}: {error.strerror}"
            raise UnusableFile(f"the report cannot be written ({why}); choose its place with --report") from error
        self._lines.clear()

    def refuse(self, number: int, row: dict[str, str], error: ValidationError, summary: Summary) -> None:
        """Note one line for each thing that is wrong with row `number`, and count it."""
        summary.refused += 1
        for name, reason in reasons(error):
            column = self._column_of.get(name, name)
            summary.reasons[column, reason] += 1
            self.note(number, column, row.get(column, ""), reason)

    def note(self, number: int, column: str, value: str, reason: str) -> None:
        """Note a line about row `number` for the next time that the report is written."""
        self._lines.append((number, column, plain(value), reason))


def reasons(error: ValidationError) -> list[tuple[str, str]]:
    """Return column and reason of everything that `error` holds."""
    if not hasattr(error, "error_dict"):
        return [("", message) for message in error.messages]
    found = []
    for name, errors in error.error_dict.items():
        column = "" if name == NON_FIELD_ERRORS else name
        found += [(column, message) for problem in errors for message in problem.messages]
    return found
