"""CSV, packed CSV and XLSX become the same rows."""

import datetime
import gzip

import pytest
from openpyxl import Workbook

from initiatives.importing import formats, template
from initiatives.importing.readers import EXTRA, UnusableFile, open_table
from initiatives.schema import COLUMNS


def rows_of(path):
    with open_table(path) as table:
        return [(number, {name: cell for name, cell in row.items() if name != EXTRA}) for number, row in table.rows]


def test_csv_with_a_byte_order_mark_and_breaks_in_cells(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('\ufefftitle,summary\r\n"one\r\ntwo",x\r\n\r\nthree,y\r\n'.encode())
    assert rows_of(path) == [
        (2, {"title": "one\r\ntwo", "summary": "x"}),
        (4, {"title": "three", "summary": "y"}),
    ]


def test_packed_csv(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"Title ,summary\nx,y\n"))
    assert rows_of(path) == [(2, {"title": "x", "summary": "y"})]


def test_xlsx_dates_numbers_and_formulas_read_as_in_csv(tmp_path):
    book = Workbook()
    book.active.append(["starts_on", "ends_on", "sdgs", "source_id", "title", "summary"])
    book.active.append([datetime.datetime(2020, 3, 23), datetime.date(2020, 6, 30), 3.0, 4.5, "=1+1", None])
    book.save(tmp_path / "a.xlsx")
    # A formula that no program has computed yet has no value; its text never arrives.
    expected = {"starts_on": "2020-03-23", "ends_on": "2020-06-30", "sdgs": "3", "source_id": "4.5"}
    assert rows_of(tmp_path / "a.xlsx") == [(2, expected | {"title": "", "summary": ""})]


def test_short_rows_are_filled_and_long_ones_are_noticed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1\n1,2,3\n")
    with open_table(path) as table:
        assert [row for _, row in table.rows] == [{"a": "1", "b": "", EXTRA: ""}, {"a": "1", "b": "2", EXTRA: "3"}]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "title\nSétif\n".encode("latin-1"), "not in UTF-8"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"a,b,a\n1,2,3\n", "named twice: a"),
        ("a.csv", b'a\n"' + b"x" * 140_000, "damaged"),
        ("a.csv.gz", b"no gzip", "damaged"),
        ("a.csv.gz", gzip.compress(b"a\n" + b"1\n" * 100_000)[:-40], "damaged"),
        ("a.xlsx", b"PK\x03\x04 no workbook", "no XLSX"),
        ("a.ods", b"", "neither"),
    ],
)
def test_unusable_files_are_refused_in_words(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnusableFile, match=message):
        rows_of(path)


def test_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(UnusableFile, match="there is no file"):
        rows_of(tmp_path / "a.csv")


def test_the_two_kinds_of_tables_are_told_apart():
    assert formats.recognise(COLUMNS) is formats.TEMPLATE
    assert formats.recognise(formats.POLICIES.columns) is formats.POLICIES


def test_unknown_and_missing_columns_are_named_at_once():
    with pytest.raises(UnusableFile, match="unknown columns: colour; missing columns: language, source1_url"):
        formats.recognise(["title", "summary", "colour"])


@pytest.mark.parametrize("name", ["empty.csv", "empty.xlsx"])
def test_the_empty_template_can_be_read_back(tmp_path, name):
    template.write(COLUMNS, str(tmp_path / name))
    with open_table(tmp_path / name) as table:
        assert (table.columns, list(table.rows)) == (COLUMNS, [])


def test_the_template_overwrites_nothing(tmp_path):
    (tmp_path / "mine.csv").write_text("filled in")
    with pytest.raises(FileExistsError):
        template.write(COLUMNS, str(tmp_path / "mine.csv"))
