"""What a full airlock costs: rows in, the queue page, approvals by moderators and by the machine, effects of the hold.

    python bench/airlock.py FILE [--theme T] [--rows N] [--by-people N] [--by-machine N] [--queries]

Imports FILE through the validators as submissions that wait, and opens the queue at 10 and at all of them. Moderators
approve --by-people of them on the page for many at once, held; the job lets those take effect; the machine approves
--by-machine more. --queries: how often a row asks the database, and for what. Works in a database of its own, which is
removed at the end.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import django
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reg4covid.settings_test")

FEW, VISITS = 10, 40


class Meter:
    """Time and memory of one piece of work; `server` is the database's process behind our connection."""

    def __init__(self) -> None:
        from django.db import connection

        connection.ensure_connection()
        self.process = psutil.Process()
        self.server = psutil.Process(connection.connection.get_backend_pid())
        self.wall, self.cpu, self.database = time.perf_counter(), time.process_time(), self._database()
        self.memory = self._memory()

    def _database(self) -> float:
        times = self.server.cpu_times()
        return times.user + times.system

    def _memory(self) -> float:
        return self.process.memory_info().rss / 2**20

    def tell(self, what: str, rows: int) -> None:
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        database, memory = self._database() - self.database, self._memory()
        print(
            f"{what:34}{rows:>7} rows {rows / wall:7.1f} a second of wall clock, {rows / cpu:7.1f} of processor; "
            f"a row {1000 * cpu / max(rows, 1):5.1f} ms + {1000 * database / max(rows, 1):4.1f} ms of database; "
            f"memory {memory:6.1f} MB, {memory - self.memory:+.1f}",
            flush=True,
        )


class Queries:
    """Counts what is asked of the database, by its words without values."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def __call__(self, execute, sql, params, many, context):
        self.seen[sql] += 1
        return execute(sql, params, many, context)


def tell_queries(what: str, work: Callable[[], object], rows: int = 1) -> None:
    """Print what the work asks of the database, what it asks most first."""
    from django.db import connection

    queries = Queries()
    with connection.execute_wrapper(queries):
        work()
    print(f"{what}: {queries.seen.total()} queries for {rows}")
    for sql, count in queries.seen.most_common():
        print(f"  {count:>4} {' '.join(sql.split())[:110]} … {' '.join(sql.split())[-60:]}")


def expect(is_so: bool, what: object) -> None:
    """What goes wrong is no measurement."""
    if not is_so:
        raise RuntimeError(f"not as expected: {what}")


def counted(work: Callable[[], object]) -> int:
    """Return how many queries `work` makes."""
    from django.db import connection

    queries = Queries()
    with connection.execute_wrapper(queries):
        work()
    return queries.seen.total()


def bring_in(options: argparse.Namespace, number: int) -> int:
    """Import until `number` more wait; return how many came."""
    from initiatives.importing import runner
    from initiatives.importing.admission import Admission
    from initiatives.importing.mapping import Defaults
    from initiatives.vocabulary import Origin

    admission = Admission(Origin.IMPORT, approve=False)
    run = runner.Run(admission, Defaults("reg4covid", options.theme, admission.country_names))

    meter = Meter()

    def tick() -> None:
        if run.summary.added and run.last_row % 2_000 == 0:
            meter.tell("… so far", run.summary.added)
        run.interrupted = run.interrupted or run.summary.added >= number

    run.tick = tick
    with tempfile.NamedTemporaryFile(suffix=".csv") as report:
        return run.read(options.file, Path(report.name)).added


def visit(client, address: str, waiting: int) -> None:
    """Open the page often; print the median processor time, the database's share and the number of queries."""

    def get() -> None:
        expect(client.get(address).status_code == 200, address)

    get()
    queries = counted(get)
    size, times, meter = len(client.get(address).content), [], Meter()
    for _visit in range(VISITS):
        start = time.process_time()
        get()
        times.append(1000 * (time.process_time() - start))
    database = 1000 * (meter._database() - meter.database) / VISITS
    what = f"queue page ({address.partition('?')[2] or 'everything'})"
    print(
        f"{what:34}{waiting:>7} wait {queries:>4} queries, "
        f"{statistics.median(times):6.1f} ms of processor (median of {VISITS}) + {database:5.1f} ms of database, "
        f"{size / 1024:.0f} kB",
        flush=True,
    )


def approve_by_people(client, number: int) -> None:
    """As a moderator does: choose as many as the page takes, read what will happen, approve, again."""
    from django.urls import reverse

    from initiatives.models import Submission
    from moderation.admin.many import MANY_MAX

    many, queue = reverse("admin:initiatives_submission_many"), reverse("admin:queue_many")
    chosen = list(Submission.objects.waiting().values_list("pk", flat=True)[:number])
    parts = [chosen[start : start + MANY_MAX] for start in range(0, len(chosen), MANY_MAX)]

    def ask(part) -> None:
        data = {"move": "initiatives.submission approve", "chosen": [f"submission-{key}" for key in part]}
        expect(client.post(queue, data).status_code == 200, "the page that asks")

    def approve(part) -> None:
        expect(client.post(many, {"move": "approve", "chosen": part}).status_code == 200, "approve many")

    for what, do in (("page that asks about many", ask), ("approve many, held", approve)):
        few, slowest, meter = 5, 0.0, Meter()
        queries = counted(lambda do=do, part=parts[0][:few]: do(part))
        rest = [parts[0][few:], *parts[1:]]
        for part in rest:
            start = time.perf_counter()
            do(part)
            slowest = max(slowest, time.perf_counter() - start)
        meter.tell(what, len(chosen))
        print(
            f"{'':34}{queries} queries for {few} rows; the slowest request {slowest:.1f} s for {MANY_MAX}", flush=True
        )


def let_take_effect() -> None:
    from django.utils import timezone

    from initiatives.models import Submission
    from moderation.services import take_due_effects

    held = Submission.objects.filter(held_until__isnull=False)
    held.update(held_until=timezone.now() - timedelta(seconds=1))
    meter, done = Meter(), 0
    while (counts := take_due_effects(Submission)) != (0, 0):
        expect(counts[1] == 0, counts)
        done += counts[0]
    meter.tell("effects of held approvals", done)


def approve_by_machine(number: int) -> None:
    from initiatives.importing.admission import secretariat
    from initiatives.models import Submission
    from moderation.services import transition

    by, meter, count = secretariat(), Meter(), 0
    waiting = Submission.objects.waiting().select_related("organisation", "collection")[:number]
    for submission in waiting.iterator(chunk_size=500):
        transition(submission, "approve", by=by)
        count += 1
    meter.tell("approve by the machine", count)


def tell_each(client) -> None:
    """What one approval asks of the database: when it is made and held, when it takes effect, and by the machine."""
    from initiatives.importing.admission import secretariat
    from initiatives.models import Submission
    from moderation.services import take_effect, transition
    from tests.factories import ModeratorFactory

    people, first, second = ModeratorFactory(), *Submission.objects.waiting()[:2]
    tell_queries("approve, held", lambda: transition(first, "approve", by=people))
    tell_queries("its effect", lambda: take_effect(first))
    tell_queries("approve by the machine", lambda: transition(second, "approve", by=secretariat()))


def measure(options: argparse.Namespace) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from initiatives.models import Initiative, InitiativeVersion, Submission
    from tests.factories import ModeratorFactory

    settings.DECISION_HOLD, settings.DEMO = timedelta(minutes=5), True  # no second factor asked for
    call_command("load_countries", verbosity=0)
    call_command("load_launch", verbosity=0)
    before = Initiative.objects.count()
    client, queue = Client(), reverse("admin:index")
    client.force_login(ModeratorFactory())
    few = bring_in(options, FEW)
    visit(client, queue, few)
    meter = Meter()
    meter.tell("import, to wait", added := bring_in(options, options.rows - few))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    for filters in ("", "?region=AFR", "?q=mobile", "?kind=submission&theme=public_information"):
        visit(client, queue + filters, few + added)
    approve_by_people(client, min(options.by_people, few + added))
    let_take_effect()
    if options.queries:
        tell_each(client)
    approve_by_machine(options.by_machine)
    decided = few + added - Submission.objects.waiting().count()
    published, versions = Initiative.objects.public().count() - before, InitiativeVersion.objects.count() - before
    expect(decided == published == versions, (decided, published, versions))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--theme", default="")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--by-people", type=int, default=2_000)
    parser.add_argument("--by-machine", type=int, default=3_000)
    parser.add_argument("--queries", action="store_true")
    options = parser.parse_args()
    django.setup()
    from django.test.runner import DiscoverRunner

    tests = DiscoverRunner(verbosity=0, interactive=False)
    tests.setup_test_environment()
    databases = tests.setup_databases()
    try:
        measure(options)
    finally:
        tests.teardown_databases(databases)


if __name__ == "__main__":
    main()
