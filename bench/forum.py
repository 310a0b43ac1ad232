"""What a request to the forum costs in production: processor time of application and database, queries, bytes.

    python bench/forum.py [topics …] [--rounds N] [--quick]        (make bench)

Fills databases of its own with 1,000 and with 100,000 topics of six posts, one of them with 5,000, and asks for each
page as a visitor and as a member, as bench/web.py does. Nothing of these pages is kept in the portal, so "first" and
"again" are both drawn anew; "unchanged" has the ETag that a browser has. Ends with 1 where a page does not answer.
"""

import random
import re
import sys

from scratch import own_database  # isort: skip (sets Django up)

import forum_rows
from forum_pages import pages
from web import SEED, count_queries, run
from web_measured import Bench, Results
from web_pages import Page
from web_served import Portal, served

SIZES, QUICK_SIZES = (1_000, 100_000), (30, 60)
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


if __name__ == "__main__":
    sys.exit(run(__doc__, "topics", measure, SIZES, QUICK_SIZES, GROWTH_TARGET))
