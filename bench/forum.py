"""What a request to the forum costs in production: processor time of application and database, queries, bytes.

    python bench/forum.py [topics …] [--rounds N] [--quick]        (make bench)

Fills databases of its own with 1,000 and with 100,000 topics of six posts, one of them with 5,000, and asks for each
page as a visitor and as a member, as bench/web.py does. Nothing of these pages is kept in the portal, so "first" and
"again" are both drawn anew; "unchanged" has the ETag that a browser has. Ends with 1 where a page does not answer.
"""

import argparse
import os
import random
import re
import sys
import tempfile

from scratch import own_database  # isort: skip (sets Django up)

import forum_rows
import psutil
import web_rows
from django.utils import timezone
from forum_pages import pages
from web import DATA, QUICK_REQUESTS, QUICK_ROUNDS, REQUESTS, ROUNDS, SEED, count_queries, print_table
from web_measured import Bench, Results
from web_pages import Page
from web_served import WORKERS, Portal, served

SIZES, QUICK_SIZES, QUICK_TEXTS = (1_000, 100_000), (30, 60), 100
GROWTH_TARGET = 1.2
VISIT_TARGET = 60  # kB of a topic's page on a first visit, as sent
_LINKED = re.compile(rb'(?:href|src)="(/static/[^"]+\.(?:css|js))"')


def measure(
    folder: str, topics: int, records: list, rounds: int, requests: int, is_last: bool
) -> tuple[dict[str, Page], Results]:
    """Fill a database, and return its pages and what they cost."""
    with own_database():
        forum_rows.fill(topics, records)
        every = pages(random.Random(SEED))  # noqa: S311
        with served(folder) as portal:
            results = Bench(portal, every, rounds, requests).run()
            if is_last:
                print_first_visit(portal, every["page of 20 posts"].again)
        if is_last:
            count_queries(folder, every, results)
    return every, results


def print_first_visit(portal: Portal, path: str) -> None:
    """Print what a browser fetches that has never been here."""
    page = portal.ask(path)
    plain = portal.ask(path, **{"Accept-Encoding": "identity"})
    linked = sorted({one.decode() for one in _LINKED.findall(plain.body)})
    kilobytes = (page.size + sum(portal.ask(one).size for one in linked)) / 1_000
    print(f"first visit of {path}: {kilobytes:.1f} kB with {len(linked)} linked files; target {VISIT_TARGET} kB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topics", type=int, nargs="*", help="how many topics, e.g. 1000 100000")
    parser.add_argument("--quick", action="store_true", help="few topics and requests: whether the bench itself works")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="fewer for a first look")
    options = parser.parse_args()
    sizes = options.topics or (QUICK_SIZES if options.quick else SIZES)
    rounds, requests = (QUICK_ROUNDS, QUICK_REQUESTS) if options.quick else (options.rounds, REQUESTS)
    records, source = web_rows.texts(DATA, QUICK_TEXTS if options.quick else web_rows.TEXTS)
    print(f"{timezone.now():%Y-%m-%d %H:%M} UTC; {psutil.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}")
    print(f"{len(records):,} texts: {source}")
    print(f"gunicorn, {WORKERS} workers; {rounds} rounds of {requests} requests for each page and state", flush=True)
    found: dict[int, Results] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for topics in sizes:
            every, found[topics] = measure(folder, topics, records, rounds, requests, topics == max(sizes))
    print_table(found, every, "topics", GROWTH_TARGET)
    return 1 if any(one.note for results in found.values() for one in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
