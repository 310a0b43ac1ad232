"""The empty table that people fill in."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter


def write(columns: Sequence[str], target: str) -> str:
    """Write an empty table to `target` (.csv or .xlsx; "-": return it) and return what to tell.

    Raises ValueError for another ending, FileExistsError rather than overwriting what somebody filled in.
    """
    if target == "-":
        return _csv(columns).removesuffix("\n")
    path = Path(target)
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise ValueError(f"{path.name} must end with .csv or .xlsx")
    with path.open("xb") as file:
        file.write(_xlsx(columns) if path.suffix.lower() == ".xlsx" else _csv(columns).encode("utf-8-sig"))
    return f"{path}: {len(columns)} columns"


def _csv(columns: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(columns)
    return out.getvalue()


def _xlsx(columns: Sequence[str]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "initiatives"
    sheet.append(list(columns))
    sheet.freeze_panes = "A2"
    for number, name in enumerate(columns, start=1):
        sheet.cell(1, number).font = Font(bold=True)
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = max(12, len(name) + 2)
        dimension.number_format = "@"  # text: or a spreadsheet turns 2020-03 into the first of March
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
