"""What was refused, row by row, in a file that a spreadsheet opens; and the counts at the end."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

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
    """Return where the report goes: next to the file, e.g. `measures.csv.gz` → `measures.refused.csv`."""
    name = source.name
    for ending in (".gz", ".csv", ".xlsx"):
        name = name.removesuffix(ending)
    return source.with_name(f"{name}.refused.csv")


def plain(value: str) -> str:
    """Return an excerpt of a cell that no spreadsheet runs."""
    text = clean_line(value[: EXCERPT * 3])
    text = text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"
    return f"'{text}" if text.startswith(_FORMULA) else text


class Report:
    """The report file, open for writing; rows are written as they are refused, so an interruption loses none."""

    def __init__(self, path: Path, column_of: Mapping[str, str]) -> None:
        self.path, self._column_of = path, column_of

    def __enter__(self) -> Self:
        try:
            # utf-8-sig: without the mark, Excel takes the file for another encoding.
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
        except OSError as error:
            raise UnusableFile(f"the report cannot be written ({error}): choose its place with --report") from error
        self._writer = csv.writer(self._file)
        self._writer.writerow(COLUMNS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()

    def refuse(self, number: int, row: dict[str, str], error: ValidationError, summary: Summary) -> None:
        """Write one line for each thing that is wrong with row `number`, and count it."""
        summary.refused += 1
        for name, reason in reasons(error):
            column = self._column_of.get(name, name)
            summary.reasons[column, reason] += 1
            self._writer.writerow([number, column, plain(row.get(column, "")), reason])


def reasons(error: ValidationError) -> list[tuple[str, str]]:
    """Return column and reason of everything that `error` holds."""
    if not hasattr(error, "error_dict"):
        return [("", message) for message in error.messages]
    found = []
    for name, errors in error.error_dict.items():
        column = "" if name == NON_FIELD_ERRORS else name
        found += [(column, message) for problem in errors for message in problem.messages]
    return found
