"""Rows as XLSX: a sheet of rows, one that explains the columns, one with the licence. Text stays text.

openpyxl makes the workbook; the rows are written into its first sheet as they come, because it takes more than twice as
long for them, and could begin to send only when the last one is there.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from initiatives.columns import TABLE
from initiatives.exports.tables import Chunks, cells_of
from initiatives.schema import COLUMNS

ROWS_MAX = 50_000  # initiatives: more take a server too long; the format itself ends at 1,048,575
CELL_MAX = 32_767  # characters: what the format allows
SHEET, END = "xl/worksheets/sheet1.xml", b"</sheetData>"
_LETTERS = [get_column_letter(number) for number in range(1, len(COLUMNS) + 1)]
_WIDE = dict.fromkeys(("title", "organisation"), 40) | dict.fromkeys(("summary", "description"), 60)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what the format reads as the code of a character
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


class _Sink:
    """Where the archive is written to, and taken from."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        taken, self.parts = b"".join(self.parts), []
        return taken


def xlsx_bytes(chunks: Chunks, about: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the file as it grows. The list of what it holds comes last: cut off anywhere it is no workbook."""
    frame, quoted = _frame(about)
    sink = _Sink()
    with ZipFile(frame) as made, ZipFile(sink, "w", ZIP_DEFLATED) as book:
        for name in made.namelist():
            if name != SHEET:
                book.writestr(name, made.read(name))
        before, after = made.read(SHEET).split(END)
        with book.open(SHEET, "w") as sheet:
            sheet.write(before)
            number = 2  # the headings are the first
            for rows in chunks:
                lines = (_line(at, row, quoted) for at, row in enumerate(rows, start=number))
                sheet.write("".join(lines).encode())
                number += len(rows)
                yield sink.take()
            sheet.write(END + after)
    yield sink.take()


def _line(number: int, row: Mapping[str, Any], quoted: int) -> str:
    values = zip(_LETTERS, cells_of(row), strict=True)
    cells = "".join(_cell(f"{letter}{number}", value, quoted) for letter, value in values if value != "")
    return f'<row r="{number}">{cells}</row>'


def _cell(at: str, value: Any, quoted: int) -> str:
    """Return a number or a text; `quoted` is the style with Excel's own apostrophe, which keeps it text when edited."""
    if not isinstance(value, str):
        return f'<c r="{at}"><v>{value}</v></c>'
    style = f' s="{quoted}"' if value.startswith(_FORMULA) else ""
    text = escape(_ESCAPE.sub("_x005F_", _NOT_XML.sub("", value[:CELL_MAX])))
    return f'<c r="{at}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _frame(about: Mapping[str, Any]) -> tuple[io.BytesIO, int]:
    """Return the workbook without its rows, and the number of the style for what looks like a formula."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, "initiatives", COLUMNS, [_WIDE.get(name, max(12, len(name) + 2)) for name in COLUMNS])
    cell = WriteOnlyCell(sheet)
    cell.quotePrefix = True
    _add_dictionary(book)
    _add_licence(book, about)
    quoted = cell.style_id
    file = io.BytesIO()
    book.save(file)
    return file, quoted


def _sheet(book: Workbook, title: str, headings: Iterable[str], widths: Iterable[int]):
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_heading(sheet, text) for text in headings])
    return sheet


def _heading(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _add_dictionary(book: Workbook) -> None:
    headings = (_("Column"), _("Meaning"), _("Form"), _("Codes"), _("Since version"))
    sheet = _sheet(book, "dictionary", headings, (24, 60, 32, 80, 14))
    for column in TABLE:
        codes = "; ".join(f"{code}: {label}" for code, label in column.codes)
        form = _("%(form)s, divided by semicolons") if column.is_list else "%(form)s"
        sheet.append([column.name, str(column.meaning), form % {"form": column.form}, codes[:CELL_MAX], column.since])


def _add_licence(book: Workbook, about: Mapping[str, Any]) -> None:
    sheet = _sheet(book, "licence", (_("About"), ""), (24, 90))
    said = {**about, "licence": f"{about['licence']['title']}, {about['licence']['path']}"}
    for part in ("filters", "ignored"):
        said[part] = "; ".join(f"{name}: {', '.join(values)}" for name, values in about[part].items())
    for name, value in said.items():
        text = WriteOnlyCell(sheet, _NOT_XML.sub("", str(value)))
        text.data_type, text.alignment = "s", Alignment(wrap_text=True)
        sheet.append([name, text])
