"""Cells that a spreadsheet would carry out are defused, and can be had back as they were."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.csv import as_it_was, csv_lines, harmless

# Texts that are mostly made of what matters.
TEXTS = st.text(alphabet=st.sampled_from("=+-@\t\r\n;',\"ab ＝＋－＠"), max_size=12) | st.text(max_size=20)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"])
def test_harmless_defuses_what_starts_a_formula(text):
    assert harmless(text) == f"'{text}"


def test_harmless_defuses_after_a_semicolon():
    """In many countries Excel divides cells at semicolons, within text too."""
    assert harmless("a;=1;b") == "a;'=1;b"


@pytest.mark.parametrize("value", ["", "a=1", "'quoted'", "a;b", 0, 3.5])
def test_harmless_leaves_the_rest(value):
    assert harmless(value) == value


@given(TEXTS)
def test_no_defused_cell_starts_a_formula(text):
    for cell in str(harmless(text)).split(";"):
        assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))


@given(TEXTS)
def test_defused_text_can_be_had_back(text):
    assert as_it_was(harmless(text)) == text


@given(st.lists(TEXTS, min_size=2, max_size=3))
def test_lines_are_read_back_as_cells(cells):
    (row,) = csv.reader(io.StringIO("".join(csv_lines([cells])), newline=""))
    assert [as_it_was(cell) for cell in row] == cells
