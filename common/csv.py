"""Tables as CSV files: any size, row by row, and nothing in them that a spreadsheet would carry out."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"  # or spreadsheets read UTF-8 as something else


def harmless(value: object) -> object:
    """Return a cell as it may stand in a file: text that a spreadsheet would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS_FORMULA) else value


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def csv_response(rows: Iterable[Iterable[object]], name: str) -> StreamingHttpResponse:
    """Return a download of `rows`, of which the first are the headings, under the file name `name`."""

    def parts() -> Iterator[str]:
        yield _BYTE_ORDER_MARK
        yield from csv_lines(rows)

    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(parts(), content_type="text/csv; charset=utf-8", headers=headers)
