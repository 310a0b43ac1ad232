"""What tests of links share: addresses that are due, what a round writes of one, one check of a rude server."""

from datetime import UTC, datetime, timedelta

from initiatives.links import registration, rounds, writing
from initiatives.links.checker import Check
from initiatives.links.outcome import Outcome
from initiatives.links.robots import Rules
from initiatives.models import Link, LinkHost
from tests.factories import make_initiative

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
DEAD = Outcome("fails", "not_found", 404, is_heard=True)
ALIVE = Outcome("works", "", 200, title="Decision", is_heard=True)


def sources(*urls: str) -> list[dict[str, str]]:
    return [{"url": url} for url in urls]


def with_source(*urls: str, **changes):
    """An initiative whose sources are registered, all due at START."""
    initiative = make_initiative(sources=sources(*urls), **changes)
    registration.register()
    Link.objects.update(due_at=START)
    return initiative


def note(link: Link, outcome: Outcome, now: datetime) -> Link:
    """What a round writes of one link, beside a host that answers."""
    link = Link.objects.get(pk=link.pk)
    host, _made = LinkHost.objects.get_or_create(name=link.host, defaults={"free_at": now})
    witness = Link(url="http://witness.test/", host="witness.test")
    other, _made = LinkHost.objects.get_or_create(name="witness.test", defaults={"free_at": now})
    claimed = rounds.Claimed(link, host, {}, frozenset()), rounds.Claimed(witness, other, {}, frozenset())
    writing.write([(claimed[0], outcome), (claimed[1], ALIVE)], now)
    link.refresh_from_db()
    return link


def run(server, path="/page", *, url="", client=None, **options):
    pauses = []
    options = {"known": {"site.test": Rules()}, **options}
    check = Check(url or server.url(path), client or server.client(), sleep=pauses.append, **options)
    found = check.run()
    found.pauses = pauses
    return found
