"""What the index in memory costs, and the list made from it, at 1,000 and 100,000 initiatives.

Run by hand: python bench/finder.py [rows …]. Each makes a database of its own and takes it away again. Milliseconds are
those of this process's processor (the database's are not in them), the median of some runs.
"""

import gc
import os
import random
import re
import sys
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import django

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]
os.environ["DJANGO_SETTINGS_MODULE"] = "reg4covid.settings_test"
django.setup()

import explain_lists  # noqa: E402 (its neighbour)
import psutil  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from initiatives import finding  # noqa: E402
from initiatives.models import Initiative  # noqa: E402

RUNS = 15
CHANGED = 1_000
LISTS = {
    "newest": "",
    "page 1,000 by number": "page=1000",
    "page 1,000 by place": "",  # filled in below
    "one theme": "theme=spectrum",
    "a country": "country=KE",
    "region, theme, status": "region=EUR&theme=spectrum&status=in_force",
    "an organisation": "organisation=7",
    "in force on a day": "in_force_on=2020-06-01",
    "started in a year, group": "year=2021&group=ldc",
    "nothing found": "country=NR&theme=spectrum&phase=recovery&tag=tag-499&organisation=7",
    "latest start": "sort=-start",
    "by title": "sort=title",
}


def milliseconds(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """Return the median of the processor's time for `work`, with `before` done first each time."""
    times = []
    for _run in range(RUNS):
        before()
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return sorted(times)[RUNS // 2]


def megabytes() -> float:
    gc.collect()
    return psutil.Process().memory_info().rss / 1e6


def main() -> None:
    for rows in [int(argument) for argument in sys.argv[1:]] or [1_000, 100_000]:
        connection.creation.create_test_db(verbosity=0, serialize=False)
        try:
            explain_lists.fill(rows)
            report(rows)
        finally:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def report(rows: int) -> None:
    print(f"\n{rows:,} initiatives; load average {os.getloadavg()[0]:.1f}, a loop of a million {loop():.0f} ms")
    report_index()
    report_lists(Client())


def loop() -> float:
    """What the machine makes of a million steps just now: to compare runs by."""
    return milliseconds(lambda: sum(range(1_000_000)))


def report_index() -> None:
    finding.forget()
    before, start, processor, database = megabytes(), time.perf_counter(), time.process_time(), of_database()
    index = finding.current()
    wall, cpu, its = time.perf_counter() - start, time.process_time() - processor, of_database() - database
    sets = sum(len(codes) for codes in index.codes.values())
    size = sum(len(found.serialize()) for codes in index.codes.values() for found in codes.values()) / 1e6
    print(f"index: {sets:,} sets, {size:.1f} MB as data, the process grew by {megabytes() - before:.1f} MB")
    print(f"built in {wall:.2f} s: {cpu:.2f} s of the processor here and {its:.2f} s in the database")
    print(f"asking for news: {milliseconds(finding.current):.2f} ms")
    for changed in (1, CHANGED):
        print(f"following {changed} changed: {milliseconds(finding.current, lambda n=changed: change(n)):.1f} ms")


def of_database() -> float:
    """Return the seconds of the processor that the database has spent on this connection, where it runs here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        times = psutil.Process(cursor.fetchone()[0]).cpu_times()
    return times.user + times.system


def change(rows: int) -> None:
    some = random.sample(list(finding.current().public), min(rows, 900))
    Initiative.objects.filter(pk__in=some).update(version=random.randint(2, 10**6))  # noqa: S311


def report_lists(client: Client) -> None:
    onwards = re.search('rel="next nofollow" href="[?]([^"]*)"', client.get("/initiatives/?page=999").text)
    LISTS["page 1,000 by place"] = unescape(onwards[1]) if onwards else ""
    print(f"{'list, ms':28}{'first view':>12}{'again':>8}{'queries':>9}{'bytes':>9}")
    for name, query in LISTS.items():
        address = f"/initiatives/?{query}"
        first = milliseconds(lambda address=address: client.get(address), forget_texts)
        again = milliseconds(lambda address=address: client.get(address))
        with CaptureQueriesContext(connection) as queries:
            size = len(client.get(address).content)
        print(f"{name:28}{first:12.1f}{again:8.1f}{len(queries):9}{size:9,}")


def forget_texts() -> None:
    """As after a publication: the index is there, and nothing has been made of it."""
    finding.current().forget_texts()


if __name__ == "__main__":
    main()
