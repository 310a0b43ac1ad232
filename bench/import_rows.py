"""How fast rows come in, and how much memory that takes.

    python bench/import_rows.py FILE [--theme T] [--limit N] [--approve] [--dry-run]

Works in a database of its own, which is removed at the end. Prints rows per second of wall clock and of processor
time, and the growth of resident memory over the run, in MB.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import django
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reg4covid.settings_test")

EVERY = 1_000  # rows between two readings


class Meter:
    """Readings of memory and time while rows come in."""

    def __init__(self) -> None:
        self.process, self.count = psutil.Process(), 0
        self.wall, self.cpu, self.start = time.perf_counter(), time.process_time(), self.rss()

    def rss(self) -> float:
        return self.process.memory_info().rss / 2**20

    def tick(self) -> None:
        self.count += 1
        if self.count % EVERY == 0:
            self.tell()

    def tell(self) -> None:
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{self.count:>7} rows  {self.count / wall:6.1f} rows/s  {self.count / cpu:6.1f} rows/s of processor  "
            f"{self.rss():6.1f} MB now, {self.rss() - self.start:+5.1f} since the start, peak {peak:.1f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--theme", default="")
    parser.add_argument("--limit", type=int, help="only so many rows")
    parser.add_argument("--approve", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args()
    django.setup()
    from django.test.runner import DiscoverRunner

    tests = DiscoverRunner(verbosity=0, interactive=False)
    databases = tests.setup_databases()
    try:
        measure(options)
    finally:
        tests.teardown_databases(databases)


def measure(options: argparse.Namespace) -> None:
    from django.core.management import call_command

    from initiatives.importing import runner
    from initiatives.importing.admission import Admission
    from initiatives.importing.mapping import Defaults
    from initiatives.vocabulary import Origin

    call_command("load_countries", verbosity=0)
    call_command("load_launch", verbosity=0)
    if options.limit:
        every = runner._batches
        runner._batches = lambda rows: every(islice(rows, options.limit))
    admission = Admission(Origin.IMPORT, approve=options.approve and not options.dry_run)
    run = runner.Run(admission, Defaults("reg4covid", options.theme, admission.country_names), options.dry_run)
    meter = Meter()
    run.tick = meter.tick
    with tempfile.NamedTemporaryFile(suffix=".csv") as report:
        summary = run.read(options.file, Path(report.name))
    meter.tell()
    print(f"added {summary.added}, there already {summary.known}, refused {summary.refused}")
    for (column, reason), count in summary.reasons.most_common(12):
        print(f"  {count:>6}  {column}: {reason}")


if __name__ == "__main__":
    main()
