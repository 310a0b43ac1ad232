"""Tables as CSV files: any size, row by row, and nothing in them that a spreadsheet would carry out."""

import csv
import re
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

# What OWASP names, East Asian forms too; also after a semicolon, which divides cells in many countries.
_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
# Apostrophes before it are counted in, so that taking one away again gives the text as it was.
_DANGER = re.compile(f"(^|;)(?='*[{re.escape(_FORMULA)}])")
_DEFUSED = re.compile(f"(^|;)'(?='*[{re.escape(_FORMULA)}])")
_BYTE_ORDER_MARK = "\ufeff"  # or spreadsheets read UTF-8 as something else


def harmless(value: object) -> object:
    """Return a cell as it may stand in a file: text that a spreadsheet would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    if not isinstance(value, str) or not value or (value[0] not in _FORMULA and value[0] != "'" and ";" not in value):
        return value
    return _DANGER.sub(r"\1'", value)


def as_it_was(text: str) -> str:
    """Return the text that `harmless` made a cell of."""
    return _DEFUSED.sub(r"\1", text)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def csv_text(rows: Iterable[Iterable[object]], *, for_excel: bool) -> str:
    """Return a table that is short as one text; `for_excel` with the mark by which Excel knows the alphabet."""
    return (_BYTE_ORDER_MARK if for_excel else "") + "".join(csv_lines(rows))


def csv_response(rows: Iterable[Iterable[object]], name: str) -> StreamingHttpResponse:
    """Return a download of `rows`, of which the first are the headings, under the file name `name`."""

    def parts() -> Iterator[str]:
        yield _BYTE_ORDER_MARK
        yield from csv_lines(rows)

    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(parts(), content_type="text/csv; charset=utf-8", headers=headers)
