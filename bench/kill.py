"""SIGKILL in the middle: of sending, of approving, of what held decisions cause, and of mails. Nothing lost or doubled?

    python bench/kill.py [--kills N] [--seed S] [--workers]

A real gunicorn, real workers, a mail server that keeps what it gets, and an embedded database of their own in a
temporary folder. Kills N times in each part, at moments spread over the whole work, and looks after each kill. Prints a
table; ends with 1 where something was lost, doubled or half done.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.kill_report import Report, approved_state, look_at_files, sent_state  # noqa: E402
from bench.kill_scene import Scene, others  # noqa: E402
from bench.victims import PATIENCE, wait_until  # noqa: E402

AT_ONCE, MAILS = 4, 4  # decisions that a worker finds due; letters besides


def environment(folder: str, port: int, mail_port: int) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "bench.settings_kill",
        "VAR_DIR": folder,
        "PORT": str(port),
        "WEB_WORKERS": "1",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "CHECK_LINKS": "0",
        "LOG_LEVEL": "CRITICAL",
    }


# Sending


def submissions(scene: Scene, number: int):
    """Yield keys with the requests that write, attach a file and send, all in one."""
    from django.urls import reverse

    from initiatives.tests.typed import csv, typed

    for place in range(number):
        key, author = uuid.uuid4(), scene.authors[place % len(scene.authors)]
        file = {"files-0-file": csv(content=f"country,lines\nKE,{place}\n".encode() * 2_000), "files-0-title": "Lines"}
        data = typed(title=f"Measure {key}", key=str(key), action="send", is_another_one="on", revision="0", **file)
        yield key, scene.ask(reverse("initiatives:create"), data, author)


def send_and_kill(scene: Scene, kills: int) -> list[uuid.UUID]:
    part, report, keys = "submit, web killed", scene.report, []
    longest = scene.usual([ask for _key, ask in submissions(scene, 4)])
    for number, (key, ask) in enumerate(submissions(scene, kills)):
        scene.kill_web(ask, longest, number)
        found = sent_state(report, key)
        report.count(part, "kills")
        report.count(part, "answered before" if ask.status else f"cut: {found}")
        report.expect(not ask.status or found == "sent", f"{key}: answered {ask.status}, but {found}")
        again = scene.ask_again(ask, part)
        report.expect(again.status in (200, 302), f"{key}: {again.status} when sent again")
        report.expect(sent_state(report, key) == "sent", f"{key}: {sent_state(report, key)} after it was sent again")
        keys.append(key)
    report.count(part, "ms at most until the kill", round(1000 * longest))
    report.tell(part)
    return keys


# Approving


def approve_and_kill(scene: Scene, keys: list[uuid.UUID]) -> None:
    from django.urls import reverse

    from initiatives.models import Submission

    part, report = "approve, web killed", scene.report

    def ask_for(row, at_once: bool):
        data = {"move": "approve", **({"at_once": "on"} if at_once else {})}
        return scene.ask(reverse("admin:initiatives_submission_decide", args=[row.pk]), data, scene.moderator)

    rows = {row.key: row for row in Submission.objects.filter(status="submitted")}
    first = [row for key, row in rows.items() if key not in keys][:4]
    longest = scene.usual([ask_for(row, True) for row in first])
    for number, key in enumerate(keys):
        ask = ask_for(rows[key], number % 2 == 0)
        scene.kill_web(ask, longest, number)
        found = approved_state(report, key)
        report.count(part, "kills")
        report.count(part, "answered before" if ask.status else f"cut: {found}")
        report.expect(not ask.status or found != "waits", f"{key}: answered {ask.status}, but {found}")
        again = scene.ask_again(ask, part)
        report.expect(again.status in (200, 302), f"{key}: {again.status} when approved again")
        report.expect(approved_state(report, key) != "waits", f"{key}: not approved after all")
    report.count(part, "ms at most until the kill", round(1000 * longest))
    report.tell(part)


# Effects and mails


def work_and_kill(scene: Scene, kills: int, *, mails: bool) -> None:
    """Kill a worker while it lets decisions take effect, or while it speaks with the mail server."""
    from django.utils import timezone

    from initiatives.models import Submission
    from outbox.models import Job, Letter
    from outbox.reaper import put_back
    from outbox.services import write

    part, report = ("mails" if mails else "effects") + ", worker killed", scene.report
    for _number in range(kills):
        held = Submission.objects.filter(held_until__isnull=False)
        due = list(held.order_by("pk").values_list("pk", flat=True)[: 0 if mails else AT_ONCE])
        Submission.objects.filter(pk__in=due).update(held_until=timezone.now())
        if mails:
            for place in range(MAILS):
                write(f"Letter {place}", "Text", "reader@example.org")
        published, visitors = held.count(), scene.sink.visitors
        Job.objects.update(due_at=timezone.now())
        begun = timezone.now()
        scene.nursery.start()
        if mails:
            wait_until(lambda before=visitors: scene.sink.visitors > before or not on_their_way())
        else:
            started = Job.objects.filter(pk="take_effect_of_held_decisions", started_at__gte=begun)
            wait_until(started.exists)
            enough = published - scene.rng.randrange(len(due))
            wait_until(lambda held=held, enough=enough: held.count() <= enough)
        time.sleep(scene.rng.random() * (0.3 if mails else 0.15))
        scene.nursery.kill()
        wait_until(lambda: others() == 0)
        put_back(workers="kill-")  # as `make run` does
        report.count(part, "kills")
        if mails:
            report.count(part, "in the middle of a letter", Letter.objects.filter(state="sending").count())
        else:
            report.count(part, "effects before the kill", published - held.count())
            left = Submission.objects.filter(pk__in=due, held_until__isnull=False).count()
            report.count(part, "kills in the middle" if 0 < left < len(due) else "kills before or after")
            for key in Submission.objects.filter(pk__in=due).values_list("key", flat=True):
                approved_state(report, key)
    report.tell(part)


def on_their_way() -> bool:
    from outbox.models import Letter

    return Letter.objects.filter(state__in=("waiting", "sending")).exists()


def hold_many(scene: Scene, number: int) -> None:
    from moderation.services import transition
    from tests.factories import make_submission

    for place in range(number):
        author = scene.authors[place % len(scene.authors)]
        submission = make_submission(by=author, organisation=scene.organisation)
        transition(submission, "approve", by=scene.moderator)


def finish(scene: Scene) -> None:
    """Let everything held take effect and every letter go, by `manage.py work` as it is; then look at everything."""
    from django.utils import timezone

    from initiatives.models import Submission
    from moderation.models import Decision
    from outbox.models import Job, Letter
    from outbox.services import troubles
    from tests.invariants import check_everything

    held = Submission.objects.filter(held_until__isnull=False)
    held.update(held_until=timezone.now())
    Job.objects.update(due_at=timezone.now())
    worker = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: not held.exists(), 3 * PATIENCE)
        Job.objects.update(due_at=timezone.now())
        wait_until(lambda: not on_their_way(), 3 * PATIENCE)
    except TimeoutError:
        for row in [*Job.objects.values(), *held.values("held_until", "hold_problem")[:10]]:
            print(row)
        raise
    finally:
        worker.kill()
        worker.wait()

    report, copies = scene.report, scene.sink.copies
    states = dict(Letter.objects.values_list("message_id", "state"))
    count = Counter(states.values())
    report.expect(set(count) <= {"sent", "uncertain"}, f"letters: {count}")
    report.expect(all(copies[key] == 1 for key, state in states.items() if state == "sent"), "a sent letter is lost")
    report.expect(max(copies.values()) == 1, "a letter came twice")
    report.expect(set(copies) <= set(states), "a letter that nobody wrote")
    report.expect(troubles().uncertain == count["uncertain"], "uncertain letters are not all shown")
    reached = sum(copies[key] for key, state in states.items() if state == "uncertain")
    for what, number in count.items():
        report.count("letters at the end", what, number)
    report.count("letters at the end", "of the uncertain ones had reached the server", reached)
    report.tell("letters at the end")
    try:
        check_everything(set(Decision.objects.filter(takes_effect_at__isnull=False).values_list("pk", flat=True)))
    except AssertionError as fault:
        report.expect(False, f"invariants: {fault}")
    look_at_files(report)


def prepare() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def run(port: int, sink, kills: int, seed: int, *, only_workers: bool) -> Report:
    scene = Scene(port, sink, random.Random(seed))  # noqa: S311 (moments, no secrets)
    start = time.perf_counter()
    try:
        if not only_workers:
            approve_and_kill(scene, send_and_kill(scene, kills))
        scene.web.end()  # from here on nobody but workers is connected
        hold_many(scene, AT_ONCE * kills)
        work_and_kill(scene, kills, mails=False)
        sink.pause = 0.03
        work_and_kill(scene, kills, mails=True)
        finish(scene)
    finally:
        scene.end()
    print(f"faults: {len(scene.report.faults)}")
    print(f"{time.perf_counter() - start:.0f} s, seed {seed}, gunicorn started {scene.web.starts} times")
    return scene.report


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20200323)
    parser.add_argument("--workers", action="store_true", help="leave the web server in peace")
    options = parser.parse_args()
    import socket

    ports = []
    for _number in range(2):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="portal-kill-") as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(environment(folder, *ports))
        import django

        django.setup()
        from django.db import connection

        from reg4covid.embedded.server import server_in
        from tests.workers import MailServer, Sink

        sink = Sink()
        server = MailServer(sink, ports[1])
        server.start()
        try:
            prepare()
            return 1 if run(ports[0], sink, options.kills, options.seed, only_workers=options.workers).faults else 0
        finally:
            connection.close()
            server.stop(no_assert=True)
            server_in(Path(folder)).stop()


if __name__ == "__main__":
    sys.exit(main())
