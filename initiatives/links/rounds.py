"""One round of checks: a few hosts are claimed, one page of each is asked for at the same time, all is written down.

A worker that is killed in the middle leaves nothing but claims, which run out by themselves.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from common.web import Client
from initiatives.links import writing
from initiatives.links.checker import LONGEST, Check, user_agent
from initiatives.links.outcome import Outcome
from initiatives.links.registration import host_of, wanted
from initiatives.links.robots import Rules
from initiatives.links.turns import Turns
from initiatives.models import Link, LinkHost
from initiatives.models.link import LinkState

MOST_HOSTS = 20  # at once
WITNESSES = 2  # hosts that answered last time, in every round: if nobody answers at all, it is our own network
CLAIM = timedelta(minutes=2)  # after which others may have what this worker took
ROBOTS_KEPT, ROBOTS_AWAY = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True)
class Claimed:
    """A link that nobody else asks for now, and what is known of the hosts it leads to."""

    link: Link
    host: LinkHost
    known: dict[str, Rules]
    lenient: frozenset[str]


def check_some(client: Client | None = None, *, sleep: Callable[[float], None] | None = None) -> list[Outcome]:
    """Check what is due, in about LONGEST seconds; return what came of each link that was asked for."""
    claimed = claim(timezone.now())
    if not claimed:
        return []
    asked = _ask(claimed, client or Client(user_agent()), {"sleep": sleep} if sleep else {})
    writing.write(asked, timezone.now())
    return [outcome for _claimed, outcome in asked]


def claim(now: datetime) -> list[Claimed]:
    """Take one due link of each of the hosts that may be asked, those left alone longest first, and witnesses."""
    least_asked = F("asked").asc(nulls_first=True)
    due = list(_one_of_each_host(wanted().filter(due_at__lte=now), now).order_by(least_asked, "due_at")[:MOST_HOSTS])
    if not due:
        return []
    if sum(link.state == LinkState.WORKS for link in due) < WITNESSES:
        others = wanted().filter(state=LinkState.WORKS).exclude(host__in=[link.host for link in due])
        due += _one_of_each_host(others, now).order_by("due_at")[:WITNESSES]
    hosts = _take_hosts({link.host for link in due}, now)
    return [_with_rules(link, hosts[link.host], now) for link in due if link.host in hosts]


def _one_of_each_host(links: QuerySet[Link], now: datetime) -> QuerySet[Link]:
    """The link of each free host that is due first, with the time when the host was asked last."""
    host = LinkHost.objects.filter(name=OuterRef("host"))
    first = links.filter(~Exists(host.filter(free_at__gt=now))).order_by("host", "due_at", "pk").distinct("host")
    return Link.objects.filter(pk__in=first.values("pk")).annotate(asked=Subquery(host.values("free_at")))


@transaction.atomic
def _take_hosts(names: set[str], now: datetime) -> dict[str, LinkHost]:
    """Claim the hosts that no other worker takes at this moment; return them by name."""
    LinkHost.objects.bulk_create([LinkHost(name=name, free_at=now) for name in sorted(names)], ignore_conflicts=True)
    rows = LinkHost.objects.select_for_update(skip_locked=True).filter(name__in=names, free_at__lte=now)
    taken = {host.name: host for host in rows.order_by("name")}
    LinkHost.objects.filter(name__in=taken).update(free_at=now + CLAIM)
    return taken


def _with_rules(link: Link, host: LinkHost, now: datetime) -> Claimed:
    """What is known of the link's own host, and of the one it led to last time."""
    rows = [host]
    if link.final_url and (other := host_of(link.final_url)) != host.name:
        rows += LinkHost.objects.filter(name=other)
    known = {
        row.name: Rules.read(row.robots)
        for row in rows
        if row.robots_read_at and row.robots_read_at > now - ROBOTS_KEPT
    }
    away = [row.name for row in rows if row.robots_away_since and row.robots_away_since < now - ROBOTS_AWAY]
    return Claimed(link, host, known, frozenset(away))


def _ask(claimed: Iterable[Claimed], client: Client, options: dict) -> list[tuple[Claimed, Outcome]]:
    """Ask for each in a thread of its own; what is not there in time is left to the next round."""
    turns = Turns()
    pool = ThreadPoolExecutor(MOST_HOSTS + WITNESSES, thread_name_prefix="links")
    try:
        futures: dict[Future, Claimed] = {}
        for one in claimed:
            check = Check(
                one.link.url,
                client,
                known=one.known,
                lenient=one.lenient,
                wants_title=not (one.link.title and one.link.state == LinkState.WORKS),
                turns=turns,
                **options,
            )
            futures[pool.submit(_run, check)] = one
        wait(futures, timeout=LONGEST + 1)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return [(one, future.result()) for future, one in futures.items() if future.done() and not future.exception()]


def _run(check: Check) -> Outcome:
    try:
        return check.run()
    finally:
        connection.close()  # checks need none, but settings, translations or signals might have opened one
