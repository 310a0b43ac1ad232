"""What a request costs in production: processor time of application and database, queries, bytes, waiting.

    python bench/web.py [rows …] [--rounds N] [--quick]        (make bench)

Fills databases of its own with 1,000 and with 100,000 initiatives, serves the portal as production does, and asks for
each page one request after the other, in rounds: *first*, an address that nobody has asked for (or, where there is but
one address, after something was published); *again*; and *unchanged*, with the ETag that a browser has. Milliseconds
are medians of the rounds. Texts are those of the folder that BENCH_DATA names, or of the launch content. Ends with 1
where a page does not answer.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from scratch import own_database  # isort: skip (sets Django up)

import psutil
import web_rows
from django.conf import settings
from django.db import connection
from django.utils import timezone
from web_measured import FIRST, UNCHANGED, Bench, Results
from web_pages import Page, pages
from web_served import WORKERS, served

from reg4covid.embedded.server import server_in

SIZES, ROUNDS, REQUESTS = (1_000, 100_000), 5, 8
QUICK_SIZES, QUICK_ROUNDS, QUICK_REQUESTS, QUICK_TEXTS = (200, 400), 1, 2, 200
UNCHANGED_TARGET, GROWTH_TARGET = 1.5, 1.3  # milliseconds; a factor
SEED = 20_200_323
DATA = Path(os.environ.get("BENCH_DATA") or web_rows.ROOT.parent / "shared" / "data")
_LOG_QUERIES = "ALTER DATABASE {} SET log_min_duration_statement = 0"  # for whoever connects from now on
_LOGGED = b"LOG:  duration:"


def measure(
    folder: str, rows: int, records: list, rounds: int, requests: int, counted: bool
) -> tuple[dict[str, Page], Results]:
    """Fill a database, and return its pages and what they cost; with the queries of each, where they are `counted`."""
    with own_database():
        web_rows.fill(rows, records)
        every = pages(random.Random(SEED))  # noqa: S311
        with served(folder) as portal:
            bench = Bench(portal, every, rounds, requests)
            results = bench.run()
        if counted:
            count_queries(folder, every, results)
    return every, results


def count_queries(folder: str, every: dict[str, Page], results: Results) -> None:
    """Ask each page once more of a server whose queries are logged, where the log can be read."""
    if settings.DATABASES["default"]["ENGINE"] != "reg4covid.embedded":
        return
    log = server_in(settings.VAR_DIR).log
    with connection.cursor() as cursor:
        cursor.execute(_LOG_QUERIES.format(connection.ops.quote_name(connection.settings_dict["NAME"])))
    with served(folder) as portal:
        bench = Bench(portal, every, 1, 2)
        bench.warm_up()
        for (name, state), measured in results.items():
            bench.prepare(name, every[name], state)
            before = log.stat().st_size
            answers = bench.ask(name, every[name], state)
            with open(log, "rb") as file:
                file.seek(before)
                measured.queries = file.read().count(_LOGGED) / len(answers)


def print_table(found: dict[int, Results], every: dict[str, Page], what: str, may_grow: float) -> None:
    """Print the pages at the largest number of `what`, with what they grew by since the smallest."""
    few, many = min(found), max(found)
    print(
        f"\n| {many:,} {what} | | application | database | ms | target | at {few:,} | growth "
        "| queries | kB | p50 | p99 |"
    )
    print("|---|---|" + "---:|" * 10)
    for (name, state), now in found[many].items():
        before, page = found[few].get((name, state)), every[name]
        target = page.target if state == FIRST else UNCHANGED_TARGET if state == UNCHANGED else None
        growth = now.sum / before.sum if before else None
        cells = [
            name if state == FIRST else "",
            f"{state} ({now.note})" if now.note else state,
            *(f"{one:.1f}" for one in now.medians),
            _bold(f"{now.sum:.1f}", target is not None and now.sum > target),
            f"{target:g}" if target else "",
            f"{before.sum:.1f}" if before else "",
            _bold(f"{growth:.1f}", growth > may_grow and not page.may_grow and state == FIRST) if growth else "",
            "" if now.queries is None else f"{now.queries:g}",
            f"{now.size / 1_000:.1f}",
            f"{now.waited_at_most(50):.0f}",
            f"{now.waited_at_most(99):.0f}",
        ]
        print("| " + " | ".join(cells) + " |")
    print("\nBold: above its target. p50 and p99 are milliseconds until the answer was read; kB as sent, compressed.")


def _bold(text: str, missed: bool) -> str:
    return f"**{text}**" if missed else text


def run(about: str, unit: str, measured: Callable, sizes: Sequence[int], quick: Sequence[int], growth: float) -> int:
    """Measure the sizes that the command line asks for, print the table, and return the exit code.

    `unit` says what a size counts; `sizes` and `quick` are those without arguments, and of a first try. `measured` is
    as `measure` here. `growth` is the target: what the largest may cost of what the smallest does.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", metavar=unit, help=f"how many {unit}, e.g. 1000 100000")
    parser.add_argument("--quick", action="store_true", help=f"few {unit} and requests: whether the bench itself works")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="fewer for a first look")
    options = parser.parse_args()
    wanted = options.sizes or (quick if options.quick else sizes)
    rounds, requests = (QUICK_ROUNDS, QUICK_REQUESTS) if options.quick else (options.rounds, REQUESTS)
    records, source = web_rows.texts(DATA, QUICK_TEXTS if options.quick else web_rows.TEXTS)
    print(f"{timezone.now():%Y-%m-%d %H:%M} UTC; {psutil.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}")
    print(f"{len(records):,} texts: {source}")
    print(f"gunicorn, {WORKERS} workers; {rounds} rounds of {requests} requests for each page and state", flush=True)
    found: dict[int, Results] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for size in wanted:
            every, found[size] = measured(folder, size, records, rounds, requests, size == max(wanted))
    print_table(found, every, unit, growth)
    return 1 if any(one.note for results in found.values() for one in results.values()) else 0


if __name__ == "__main__":
    sys.exit(run(__doc__, "initiatives", measure, SIZES, QUICK_SIZES, GROWTH_TARGET))
