"""Rows as CSV: lists divided by semicolons, formulas defused."""

from collections.abc import Iterable, Iterator
from typing import Any

from common.csv import csv_lines
from initiatives.columns import TABLE
from initiatives.schema import COLUMNS, SEPARATOR

BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8
_LISTS = [number for number, column in enumerate(TABLE) if column.is_list]

Chunks = Iterable[list[dict[str, Any]]]


def cells_of(row: dict[str, Any]) -> list[Any]:
    """Return a row of the schema as cells: text and numbers. A semicolon within an item becomes a comma."""
    cells = list(row.values())
    for number in _LISTS:
        if cells[number]:
            cells[number] = SEPARATOR.join(str(item).replace(SEPARATOR, ",") for item in cells[number])
        else:
            cells[number] = ""
    return cells


def csv_text(chunks: Chunks, *, for_excel: bool = False) -> Iterator[str]:
    """Yield a CSV file: the heading, then the rows, a chunk at a time."""
    yield (BYTE_ORDER_MARK if for_excel else "") + "".join(csv_lines([COLUMNS]))
    for rows in chunks:
        yield "".join(csv_lines(map(cells_of, rows)))
