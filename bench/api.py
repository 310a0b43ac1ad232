"""What an answer of the API costs, at 1,000 and 100,000 initiatives: made anew, and told to be unchanged.

Run by hand: python bench/api.py [rows …]. Milliseconds of the processor for one answer, in this process and in the
database, each the mean of some runs after one that is not counted.
"""

import sys
import time

from scratch import own_database  # sets up Django first

import explain_lists  # isort: skip
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from finder import loop, of_database

RUNS = 60
LIST = "/api/v1/initiatives/"
ADDRESSES = {
    "list of 25": LIST,
    "list of 100": f"{LIST}?limit=100",
    "one theme": f"{LIST}?theme=spectrum",
    "region, theme, status": f"{LIST}?region=EUR&theme=spectrum&status=in_force",
    "with counts of themes": f"{LIST}?facets=theme",
    "by title": f"{LIST}?sort=title",
    "far on": "",  # filled in below
    "one": "",
    "organisations": "/api/v1/organisations/",
    "countries": "/api/v1/countries/",
    "statistics": "/api/v1/statistics/",
    "description": "/api/v1/schema/",
}


def main() -> None:
    for rows in [int(argument) for argument in sys.argv[1:]] or [1_000, 100_000]:
        explain_lists.ROWS = rows
        with own_database():
            explain_lists.fill()
            report(rows)


def report(rows: int) -> None:
    client = Client()
    first = client.get(LIST).json()["items"][0]
    ADDRESSES["one"] = first["api_url"].removeprefix("http://testserver")
    ADDRESSES["far on"] = f"{LIST}?after=2021-06-01.2021-06-01.1"
    print(f"\n{rows:,} initiatives; a loop of a million {loop():.0f} ms")
    print(f"{'ms':26}{'here':>8}{'database':>10}{'queries':>9}{'bytes':>10}{'unchanged':>11}{'queries':>9}")
    for name, address in ADDRESSES.items():
        answer = client.get(address)
        here, there = cost(client, address, {})
        etag = {"if-none-match": answer["ETag"]}
        again = sum(cost(client, address, etag))
        counts = [queries(client, address, headers) for headers in ({}, etag)]
        sizes = f"{counts[0]:9}{len(answer.content):10,}{again:11.1f}{counts[1]:9}"
        print(f"{name:26}{here:8.1f}{there:10.1f}{sizes}", flush=True)


def cost(client: Client, address: str, headers: dict[str, str]) -> tuple[float, float]:
    """Return the milliseconds of one answer, here and in the database."""
    client.get(address, headers=headers)
    database, start = of_database(), time.process_time()
    for _run in range(RUNS):
        client.get(address, headers=headers)
    here, there = time.process_time() - start, of_database() - database
    return here * 1000 / RUNS, there * 1000 / RUNS


def queries(client: Client, address: str, headers: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get(address, headers=headers)
    return len(found)


if __name__ == "__main__":
    main()
