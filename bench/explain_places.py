"""What pages of countries, regions, comparison and statistics cost at 100,000 initiatives: cold, then with the index.

Run by hand: python bench/explain_places.py [rows]. It makes a database of its own and takes it away again.
"""

import sys
import time
from statistics import median

from scratch import own_database  # isort: skip (sets Django up)

from django.db import connection
from django.test import Client
from explain_lists import RUNS, TABLE, fill

from initiatives import finding
from initiatives.models import Initiative

PAGES = {
    "home": "/",
    "countries": "/countries/",
    "country with most": "/countries/{most}/",
    "country, page 50": "/countries/{most}/?page=50",
    "country with few": "/countries/NR/",
    "region": "/regions/AFR/",
    "compare four": "/compare/?country={most}&country=FR&country=KE&country=NR",
    "statistics": "/statistics/",
    "statistics of a region": "/statistics/?region=AFR",
    "statistics by theme": "/statistics/?theme=spectrum&status=in_force",
    "statistics of words": "/statistics/?q=spectrum",
    "file": "/statistics/time.csv",
}


def look(client: Client, path: str) -> bytes:
    response = client.get(path)
    return b"".join(response) if response.streaming else response.content


class Watch:
    """Queries as they are sent: their number, the milliseconds that they take, and which scan the whole table."""

    def __init__(self) -> None:
        self.count, self.waited, self.scans = 0, 0.0, []

    def __call__(self, execute, sql, params, many, context):
        if "Seq Scan on " + TABLE in self.plan(sql, params):
            self.scans.append(sql)
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.waited += (time.perf_counter() - start) * 1000

    def plan(self, sql: str, params) -> str:
        if not sql.lstrip().startswith("SELECT"):
            return ""
        with connection.connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + sql, params)
            return "\n".join(line for (line,) in cursor.fetchall())


def measured(client: Client, path: str) -> float:
    """Return how many milliseconds of the processor the application takes."""
    start = time.process_time()
    look(client, path)
    return (time.process_time() - start) * 1000


def change() -> None:
    """Publish something, as it were; the index reads it before the page is asked for."""
    first = Initiative.objects.order_by("pk").first()
    Initiative.objects.filter(pk=first.pk).update(title=f"Changed {time.time()}")
    finding.current()


def report() -> int:
    client, scans = Client(), []
    with connection.cursor() as cursor:
        cursor.execute("SELECT mode() WITHIN GROUP (ORDER BY country_id) FROM initiatives_initiative_countries")
        (most,) = cursor.fetchone()
    print(f"{'milliseconds':24}{'changed':>10}{'database':>10}{'queries':>10}{'again':>10}{'queries':>10}{'kB':>8}")
    for name, path in PAGES.items():
        path = path.format(most=most)
        look(client, path)
        used, again = [], []
        for _run in range(RUNS):
            change()
            used.append(measured(client, path))
            again.append(measured(client, path))
        change()
        cold, warm = Watch(), Watch()
        with connection.execute_wrapper(cold):
            look(client, path)
        with connection.execute_wrapper(warm):
            content = look(client, path)
        figures = f"{median(used):10.1f}{cold.waited:10.1f}{cold.count:10}{median(again):10.1f}{warm.count:10}"
        print(f"{name:24}{figures}{len(content) / 1000:8.0f}", flush=True)
        scans += [f"{name}: {sql[:300]}" for sql in warm.scans]
        if "--plans" in sys.argv:
            print("\n".join(f"  scans when changed: {sql[:200]}" for sql in cold.scans))
    print("\n".join(["Seq Scan:", *scans]) if scans else "What is remembered asks for no scan of the table.")
    return 1 if scans else 0


def main() -> int:
    with own_database():
        fill()
        return report()


if __name__ == "__main__":
    sys.exit(main())
