"""What downloads cost: CPU seconds of application and database, peak memory and bytes, by format and number of rows.

Run by hand: python bench/export.py [rows] [--dump]; with --dump only the nightly dump is made. It makes a database of
its own and takes it away again. Rows are
those of bench/explain_lists.py, with two sources each and texts of about 200 words.
"""

import os
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

import django
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "reg4covid.settings_test"
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

import bench.explain_lists as explain_lists  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
SOURCES = """
INSERT INTO initiatives_initiativesource (initiative_id, position, url, title, issuing_body, kind, url_key)
SELECT id, n, 'https://regulator.example/decisions/' || id || '/' || n, 'Decision ' || id, 'Authority', 'media', ''
FROM initiatives_initiative, generate_series(1, 2) n
"""


class Meter:
    """Processor seconds of this process and of the database behind our connection, and our peak memory meanwhile."""

    def __enter__(self) -> "Meter":
        connection.ensure_connection()
        self.process, self.ended = psutil.Process(), threading.Event()
        self.server = psutil.Process(connection.connection.get_backend_pid())
        self.before = self.peak = self.process.memory_info().rss
        self.watch = threading.Thread(target=self._watch, daemon=True)
        self.watch.start()
        self.cpu, self.database, self.wall = time.process_time(), self._database(), time.perf_counter()
        return self

    def __exit__(self, *error) -> None:
        self.wall = time.perf_counter() - self.wall
        self.cpu, self.database = time.process_time() - self.cpu, self._database() - self.database
        self.ended.set()
        self.watch.join()

    def _watch(self) -> None:
        while not self.ended.wait(0.02):
            self.peak = max(self.peak, self.process.memory_info().rss)

    def _database(self) -> float:
        times = self.server.cpu_times()
        return times.user + times.system

    def tell(self, what: str, rows: int, size: int) -> None:
        grown = (self.peak - self.before) / 2**20
        print(
            f"{what:20}{rows:>8} rows{self.cpu:8.2f} s application{self.database:8.2f} s database"
            f"{self.wall:8.2f} s clock{grown:+9.1f} MB memory{size / 1e6:9.1f} MB file",
            flush=True,
        )


def download(format: str, rows: int, **headers: str) -> None:
    """Take all that is published, as a visitor would."""
    client = Client(headers=headers)
    with Meter() as meter:
        response = client.get(f"/initiatives/export.{format}")
        size = sum(map(len, response))
    if int(response["X-Row-Count"]) != rows:
        raise SystemExit(f"{response['X-Row-Count']} rows instead of {rows}")
    meter.tell(format + (" compressed" if headers else ""), rows, size)


def unchanged() -> None:
    client = Client()
    etag = client.get("/initiatives/export.csv")["ETag"]
    with Meter() as meter:
        for _each in range(100):
            client.get("/initiatives/export.csv", headers={"if-none-match": etag})
    print(f"not changed (304): {meter.cpu * 10:.2f} ms application, {meter.database * 10:.2f} ms database")


def dump() -> None:
    from django.conf import settings

    from initiatives.exports import dumps

    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        with Meter() as meter:
            made = dumps.make()
        meter.tell("dump", made.rows, sum(file["size"] for file in made.files))
        for file in made.files:
            print(f"  {file['name']:24}{file['size'] / 1e6:9.2f} MB")


def only(rows: int) -> int:
    """Let so many be published and the rest be removed; return how many there are."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE initiatives_initiative SET status = 'removed' WHERE id > %s", [rows])
        cursor.execute("UPDATE initiatives_initiative SET status = 'published' WHERE id <= %s", [rows])
        cursor.execute("TRUNCATE initiatives_change")
        cursor.execute("VACUUM ANALYZE initiatives_initiative")
    return rows


def report(most: int) -> None:
    from initiatives.exports import sheets

    download("csv", only(SIZES[0]))  # what is only slow once
    for size in (size for size in SIZES if size <= most):
        only(size)
        for format in ("csv", "json", "geojson", *(["xlsx"] if size <= sheets.ROWS_MAX else [])):
            download(format, size)
        download("csv", size, accept_encoding="gzip")
    unchanged()
    dump()


def peak() -> None:
    print(f"peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    most = next((int(argument) for argument in sys.argv[1:] if argument.isdigit()), SIZES[-1])
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        explain_lists.fill(most)
        with connection.cursor() as cursor:
            cursor.execute(SOURCES)
            cursor.execute("VACUUM ANALYZE initiatives_initiativesource")
        if "--dump" in sys.argv:
            only(most)
            dump()
        else:
            report(most)
        peak()
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
