"""`bench/spam.py` on a few messages: whose posts would wait, and why. In the database of the tests, which is there."""

import csv
import gzip
from contextlib import nullcontext
from importlib import import_module

import django
import pytest

from tests.house import ROOT

LINK = "https://shop.example/"
MESSAGES = [  # label, text
    ("spam", f"Cheap lines here: {LINK}1 {LINK}2 {LINK}3"),
    ("spam", "Buy our antennas today, they are the best there are."),
    ("ham", "We gave each operator ten more megahertz for six months."),
    ("", f"The decision is at {LINK}decision."),
]


@pytest.fixture
def bench(monkeypatch):
    """Return what runs the bench with a file of messages: its exit code."""
    monkeypatch.syspath_prepend(ROOT / "bench")
    monkeypatch.setattr(django, "setup", lambda: None)  # it is set up
    spam = import_module("spam")
    monkeypatch.setattr(spam, "own_database", nullcontext)

    def run(path) -> int:
        monkeypatch.setattr("sys.argv", ["spam.py", str(path)])
        return spam.main()

    return run


@pytest.mark.django_db
def test_bench_tells_what_waits_of_whom_and_why(bench, tmp_path, capsys):
    path = tmp_path / "few.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("source", "label", "text"), *(("made", *message) for message in MESSAGES)])
    assert bench(path) == 0
    told = capsys.readouterr().out
    assert "few.csv.gz: 2 spam messages, 2 honest ones" in told
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in told.splitlines() if line[:2] == "| "]
    waits = {who: (spam, honest) for who, spam, honest, *_why in rows[1:]}
    assert waits == {
        "new member": ("100%", "100%"),
        "some posts, joined this week": ("50%", "50%"),
        "some posts, joined a month ago": ("50%", "0%"),
        "member with a record": ("0%", "0%"),
    }
    assert "links 1" in rows[3][3] and rows[3][4] == ""


def test_bench_without_messages_says_so(bench, tmp_path, capsys):
    assert bench(tmp_path / "none.csv.gz") == 1
    assert "none.csv.gz is not there" in capsys.readouterr().out
