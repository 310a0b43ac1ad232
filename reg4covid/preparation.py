"""What has to be there before the portal serves. Every step may be repeated, so an interrupted start is completed."""

import hashlib
import io
from pathlib import Path

import django
from django.core.management import CommandError, call_command


def prepare(*, demo: bool) -> str:
    """Bring database and static files up to date; returns what is to be told about the demonstration's accounts."""
    print("Preparing the database and the static files ...", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    if not demo:
        refuse_data_of_a_demonstration()
    call_command("createcachetable", verbosity=0)
    call_command("load_countries", verbosity=0)
    call_command("load_launch")
    wind_clock()
    collect_static()
    accounts = io.StringIO()
    if demo:
        call_command("make_demo_accounts", stdout=accounts)
    return accounts.getvalue().rstrip()


def wind_clock() -> None:
    """Jobs are due from now on: what an installation missed while it was off is no failure."""
    from outbox.clock import wind

    wind()


def refuse_data_of_a_demonstration() -> None:
    """Raise CommandError: the passwords were on a console, and whoever read the mail page confirmed any address."""
    from portal.demo.accounts import present

    if present():
        raise CommandError(
            "this database was filled by a demonstration, whose accounts and mail were open to all;"
            " `make demo-reset` empties it, or choose another VAR_DIR or DATABASE_URL."
        )


def collect_static() -> bool:
    """Collect and compress unless nothing changed since the last time; True if it did."""
    from django.conf import settings

    stamp, mark = settings.VAR_DIR / "static.stamp", _fingerprint()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text() == mark:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(mark)
    return True


def _fingerprint() -> str:
    """Changes when a file comes, goes or is written, or when Django is another."""
    from django.contrib.staticfiles.finders import get_finders

    lines = [django.__version__]
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            lines.append(f"{name} {facts.st_size} {facts.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
