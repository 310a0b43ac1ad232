"""`make bench` on few topics: that it works, and tells of every page to visitors and members."""

import os
import subprocess
import sys

import pytest

from tests.house import ROOT

PAGES = ["boards", "board", "board, last page", "topic of 6 posts", "page of 20 posts", "long topic, last page"]
PAGES += ["search, rare word", "search, common word", "search, commonest word", "search, on one board"]


@pytest.mark.slow
def test_bench_measures_every_page_of_the_forum_as_it_is_served():
    others = {name: value for name, value in os.environ.items() if name != "TEST_RUN"}  # a database of its own
    nowhere = {"BENCH_DATA": str(ROOT / "nowhere")}
    done = subprocess.run(
        [sys.executable, "bench/forum.py", "--quick"],
        cwd=ROOT,
        env=others | nowhere,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "launch content" in done.stdout and "first visit of /forum/t/" in done.stdout
    rows = [line.split("|")[1:-1] for line in done.stdout.splitlines() if line.startswith("| ")]
    wanted = {name + whose for name in PAGES for whose in ("", ", member")}
    assert wanted <= {row[0].strip() for row in rows}, done.stdout
    for page, state, application, database, *_targets, queries, size, _half, _most in rows[1:]:
        assert float(application) > 0 < float(database), (page, state)
        assert float(queries) > 0 and (float(size) > 0 or "unchanged" in state), (page, state)
