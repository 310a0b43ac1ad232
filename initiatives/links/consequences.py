"""What follows from a link that fails for long, or works again.

The rule: an initiative's sources have been failing when *every one* of them has failed three times in a row over at
least a week; its only source, where it has but one. What cannot be checked by a machine does not count as failing, nor
does what is not checked yet: as long as one source may still be read, the initiative can be verified. It has been so
since the last of them began to fail, and it is over as soon as one of them does not fail.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from initiatives import suspicions
from initiatives.links.registration import public_sources, waiting_sources
from initiatives.models import Initiative, Link, Submission
from initiatives.services import marks

FAILURES, OVER = 3, timedelta(days=7)


def counts_as_failing(link: Link) -> bool:
    """Return whether it has failed often enough, over a long enough time."""
    if not link.failing_since or not link.checked_at:
        return False
    return link.failures >= FAILURES and link.checked_at - link.failing_since >= OVER


def failing_since(links: Iterable[Link | None]) -> datetime | None:
    """Return since when all of an initiative's sources have been failing; None where one of them has not."""
    links = list(links)
    if not links or not all(link and counts_as_failing(link) for link in links):
        return None
    return max(link.failing_since for link in links)


@transaction.atomic
def mark(link: Link) -> int:
    """Bring the marks of the initiatives that give this link up to date; return how many changed."""
    found = public_sources().filter(link=link).values("initiative")
    rows = Initiative.objects.select_for_update().filter(pk__in=found).order_by("pk")
    return sum(_mark(initiative) for initiative in rows.prefetch_related("sources__link"))


def _mark(initiative: Initiative) -> bool:
    since = failing_since(source.link for source in initiative.sources.all())
    if bool(since) == bool(initiative.source_failing_since):
        return False
    marks.note(initiative, source_failing_since=since)
    return True


@transaction.atomic
def warn(link: Link) -> int:
    """Tell moderators by what waits for them that a source began to fail, or works again; return how many changed.

    At the first failure: they decide soon, and look at the source themselves.
    """
    waiting = waiting_sources().filter(link=link).values("submission")
    rows = Submission.objects.select_for_update().filter(pk__in=waiting).order_by("pk")
    return sum(suspicions.refresh(submission) for submission in rows)
