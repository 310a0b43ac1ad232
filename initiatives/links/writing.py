"""What was learnt in a round is written down, and what follows is done."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from common.text import clean_line
from common.validators import MAX_URL_LENGTH
from initiatives.links import consequences, politeness
from initiatives.links.outcome import Outcome
from initiatives.links.robots import Rules
from initiatives.models import Link, LinkHost
from initiatives.models.link import LinkState

if TYPE_CHECKING:
    from initiatives.links.rounds import Claimed

logger = logging.getLogger(__name__)
OURSELVES = timedelta(minutes=30)  # until the next try after nobody answered at all


def write(asked: "list[tuple[Claimed, Outcome]]", now: datetime) -> None:
    """Write every outcome in a transaction of its own. Where nobody answered at all, nothing counts as a failure."""
    if nobody_answered([outcome for _one, outcome in asked]):
        _postpone([one for one, _outcome in asked], now)
        return
    for one, outcome in asked:
        try:
            _write(one.link, one.host, outcome, now)
        except Exception:  # what one site says must not cost the others their answers
            logger.exception("What came of %s was not written down", one.link.url)


def nobody_answered(outcomes: list[Outcome]) -> bool:
    """Whether it looks as if our own network were away: no answer from anybody, for such reasons."""
    return any(outcome.is_network for outcome in outcomes) and not any(outcome.is_heard for outcome in outcomes)


def _postpone(claimed: "list[Claimed]", now: datetime) -> None:
    hosts = [one.host.name for one in claimed]
    LinkHost.objects.filter(name__in=hosts).update(free_at=now + OURSELVES)


@transaction.atomic
def _write(link: Link, host: LinkHost, outcome: Outcome, now: datetime) -> None:
    _write_hosts(host, outcome, now)
    alike = Q(pk=link.pk)
    if outcome.is_of_host and outcome.state == LinkState.FAILS:  # not asked again and again for each of its pages
        alike |= Q(host=link.host, due_at__lte=now)
    for row in Link.objects.select_for_update(no_key=True).filter(alike).order_by("pk"):
        failed, failed_long = row.fails, consequences.counts_as_failing(row)
        _note(row, outcome, now)
        row.save()
        if failed_long or consequences.counts_as_failing(row):
            consequences.mark(row)
        if failed != row.fails:
            consequences.warn(row)


def _note(link: Link, outcome: Outcome, now: datetime) -> None:
    wait = politeness.asked_to_wait(outcome.asked_to_wait, now)
    if outcome.is_postponed:
        link.due_at = now + max(politeness.POSTPONED, wait)
        return
    fails = outcome.state == LinkState.FAILS
    link.state, link.problem, link.http_status, link.checked_at = (
        outcome.state,
        outcome.problem,
        outcome.http_status,
        now,
    )
    link.failures = min(link.failures + 1, 30_000) if fails else 0
    link.failing_since = (link.failing_since or now) if fails else None
    if outcome.state == LinkState.WORKS:
        link.final_url = outcome.final_url if len(outcome.final_url) <= MAX_URL_LENGTH else ""
        link.title, link.dated = clean_line(outcome.title) or link.title, outcome.dated or link.dated
    link.due_at = now + max(politeness.next_check(link.failures), wait)


def _write_hosts(host: LinkHost, outcome: Outcome, now: datetime) -> None:
    """When the host is free again, and the rules that were read, of hosts on the way as well."""
    for name, rules in outcome.rules.items():
        if name != host.name:
            other, _made = LinkHost.objects.get_or_create(name=name, defaults={"free_at": now})
            _keep_rules(other, rules, now)
            other.save(update_fields=["robots", "robots_read_at", "robots_away_since"])
    if host.name in outcome.rules:
        _keep_rules(host, outcome.rules[host.name], now)
    host.failures = min(host.failures + 1, 30_000) if outcome.is_of_host or outcome.is_network else 0
    host.free_at = now + _peace(host, outcome, now)
    host.save()


def _keep_rules(host: LinkHost, rules: Rules | None, now: datetime) -> None:
    if rules is None:
        host.robots_away_since = host.robots_away_since or now
    else:
        host.robots, host.robots_read_at, host.robots_away_since = rules.text, now, None


def _peace(host: LinkHost, outcome: Outcome, now: datetime) -> timedelta:
    wait = politeness.asked_to_wait(outcome.asked_to_wait, now)
    if outcome.http_status in (429, 503):
        wait = max(wait, politeness.TOO_OFTEN)
    delay = Rules.read(host.robots).delay
    return max(politeness.between_pages(delay), politeness.back_off(host.failures), wait)
