"""`make bench` on few initiatives: that it works, and tells of every page."""

import os
import subprocess
import sys

import pytest

from tests.house import ROOT

PAGES = [
    *("home", "list, newest", "list, a page", "list, filtered, facets", "initiative", "country", "map", "map, numbers"),
    *("search, rare word", "search, common word", "search, commonest word", "search, Chinese", "search, typo"),
    *("compare four", "statistics", "CSV of 10,000", "API, list", "feed"),
]


@pytest.mark.slow
def test_bench_measures_every_page_as_it_is_served():
    others = {name: value for name, value in os.environ.items() if name != "TEST_RUN"}  # a database of its own
    nowhere = {"BENCH_DATA": str(ROOT / "nowhere")}
    done = subprocess.run(
        [sys.executable, "bench/web.py", "--quick"],
        cwd=ROOT,
        env=others | nowhere,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "launch content" in done.stdout
    rows = [line.split("|")[1:-1] for line in done.stdout.splitlines() if line.startswith("| ")]
    assert [page for page in PAGES if page not in {row[0].strip() for row in rows}] == [], done.stdout
    for page, state, application, database, *_targets, queries, size, _half, _most in rows[1:]:
        assert float(application) > 0 < float(database), (page, state)
        assert float(queries) > 0, (page, state)
        assert float(size) > 0 or "unchanged" in state, (page, state)
