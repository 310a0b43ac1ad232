"""How many links a minute the checker does, and what that costs: 50 hosts that are all this machine.

Run by hand: python bench/check_links.py [links] [milliseconds of each answer] [rounds at most]. Hosts have no pause
here, so it shows what the checker can do, not what it does: each round of 30 seconds asks 20 hosts. It makes a database
of its own and takes it away again.
"""

import os
import resource
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "reg4covid.settings_test"
django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from common.tests import rude_server  # noqa: E402
from common.tests.rude_server import page, said  # noqa: E402
from initiatives.links import rounds  # noqa: E402
from initiatives.models import Initiative, InitiativeSource, Link, LinkHost  # noqa: E402
from tests.factories import make_initiative  # noqa: E402

LINKS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
DELAY = int(sys.argv[2]) / 1_000 if len(sys.argv) > 2 else 0.2
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000
HOSTS = 50


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


def main() -> None:
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        with rude_server.running() as server:
            measure(server)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def measure(server) -> None:
    initiative = make_initiative()
    fill(server, initiative)
    claiming(5)
    before, cpu, started, done, took = megabytes(), time.process_time(), time.monotonic(), 0, []
    while len(took) < ROUNDS and (found := rounds.check_some(server.client(), sleep=lambda seconds: None)):
        done += len(found)
        LinkHost.objects.update(free_at=timezone.now())
        took.append(time.monotonic() - started - sum(took))
    seconds = time.monotonic() - started
    print(f"{done} checks in {len(took)} rounds, {seconds:.1f} s: {done / seconds * 60:.0f} a minute")
    print(f"a round: {sum(took) / len(took):.2f} s, longest {max(took):.2f} s; requests: {len(server.asked)}")
    print(f"processor, server included: {(time.process_time() - cpu) / done * 1_000:.1f} ms a check")
    print(f"memory: {before:.0f} MB before, {megabytes():.0f} MB at most")
    print(f"works: {Link.objects.filter(state='works').count()} of {LINKS}")


def claiming(runs: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    took = []
    for _run in range(runs):
        LinkHost.objects.update(free_at=timezone.now())
        started = time.monotonic()
        rounds.claim(timezone.now())
        took.append(time.monotonic() - started)
    LinkHost.objects.update(free_at=timezone.now())
    print(
        f"claiming with {LINKS} links due: {sorted(took)[runs // 2] * 1_000:.0f} ms, longest {max(took) * 1_000:.0f} ms"
    )


def fill(server, initiative: Initiative) -> None:
    """Links of 50 hosts, each page with a title, answered after DELAY."""

    def slowly(answer: bytes):
        def answers(talk, method: str) -> None:
            time.sleep(DELAY)
            talk.sendall(answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if method == "HEAD" else answer)

        return answers

    now = timezone.now()
    server.answers["/robots.txt"] = slowly(said("200 OK", b"User-agent: *\nDisallow: /private/"))
    rows = []
    for number in range(LINKS):
        path, host = f"/{number}", f"host{number % HOSTS}.test"
        server.answers[path] = slowly(page())
        rows.append(Link(url=server.url(path, host), host=host, due_at=now))
    links = Link.objects.bulk_create(rows)
    Link.objects.update(due_at=now)
    InitiativeSource.objects.bulk_create(
        InitiativeSource(initiative=initiative, url=link.url, link=link) for link in links
    )


main()
