"""Every address that sources give gets one row."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from common.web import Failure, split
from initiatives.models import InitiativeSource, Link, LinkHost, SubmissionSource
from initiatives.vocabulary import InitiativeStatus, SubmissionStatus

PUBLIC = [InitiativeStatus.PUBLISHED, InitiativeStatus.ARCHIVED]
WAITING = [SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW]
UNUSED = timedelta(days=30)  # kept so long after it was due: a draft may still give it, a correction bring it back


def public_sources() -> QuerySet[InitiativeSource]:
    """The sources of what the public can read."""
    return InitiativeSource.objects.filter(initiative__status__in=PUBLIC)


def waiting_sources() -> QuerySet[SubmissionSource]:
    """The sources of what waits for a moderator."""
    return SubmissionSource.objects.filter(submission__status__in=WAITING)


def wanted() -> QuerySet[Link]:
    """The links that somebody reads or is about to decide on: the only ones that are checked."""
    of_this = {"link": OuterRef("pk")}
    return Link.objects.filter(
        Q(Exists(public_sources().filter(**of_this))) | Q(Exists(waiting_sources().filter(**of_this)))
    )


def register(most: int = 500) -> int:
    """Give up to `most` sources of each kind that have no link theirs; return how many got one. Idempotent."""
    return sum(_register(sources, most) for sources in (public_sources(), waiting_sources()))


@transaction.atomic
def _register(sources: QuerySet, most: int) -> int:
    found = dict(sources.filter(link=None).order_by("pk").values_list("pk", "url")[:most])
    now = timezone.now()
    links = [Link(url=url, host=host_of(url), due_at=now) for url in sorted(set(found.values()))]
    Link.objects.bulk_create(links, ignore_conflicts=True)  # another source gave it before
    link = Link.objects.filter(url=OuterRef("url")).values("pk")
    return sources.model.objects.filter(pk__in=found, link=None).update(link=Subquery(link))


def host_of(url: str) -> str:
    """Return the host as it is asked, and for an address that cannot be asked whatever stands in its place."""
    try:
        return split(url).host
    except Failure:
        try:
            return (urlsplit(url).hostname or "")[:253]
        except ValueError:
            return ""


def forget_unused(most: int = 500) -> int:
    """Delete up to `most` links that no source gives any more; return how many."""
    unused = ~Exists(InitiativeSource.objects.filter(link=OuterRef("pk")))
    unused &= ~Exists(SubmissionSource.objects.filter(link=OuterRef("pk")))
    old = Link.objects.filter(unused, due_at__lt=timezone.now() - UNUSED)
    return Link.objects.filter(pk__in=list(old.order_by("pk").values_list("pk", flat=True)[:most])).delete()[0]


@transaction.atomic
def make_due(links: QuerySet[Link]) -> int:
    """Let the links be asked for next; return how many. A host that asked us to wait is still left alone."""
    now = timezone.now()
    hosts = links.order_by().values("host")
    LinkHost.objects.filter(name__in=hosts, failures__gt=0).update(free_at=now, failures=0)
    return Link.objects.filter(pk__in=links.order_by().values("pk")).update(due_at=now)
