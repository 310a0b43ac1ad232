"""Why a moderator should look twice at a submission: noted when it is sent, and whenever something is found out."""

import re
from collections.abc import Iterator

from django.db.models import Q

from initiatives.duplicates import looks_like_another
from initiatives.models import Link, Submission
from initiatives.vocabulary import Origin, SubmissionStatus, Suspicion

LINKS_MAX = 3  # in the free texts; what is documented stands among the sources
_TEXTS = ("summary", "description", "results", "challenges", "lessons")
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


def of(submission: Submission) -> list[Suspicion]:
    """Return what speaks for looking twice, in the order of the vocabulary. Writes nothing."""
    found = set(_found(submission))
    return [suspicion for suspicion in Suspicion if suspicion in found]


def refresh(submission: Submission) -> bool:
    """Find out anew and write it; return whether anything changed. For whoever learns more, e.g. of a dead link."""
    found = of(submission)
    if found == submission.suspicions:
        return False
    submission.suspicions = found
    Submission.objects.filter(pk=submission.pk).update(suspicions=found)
    return True


def _found(submission: Submission) -> Iterator[Suspicion]:
    if _links_in(submission) > LINKS_MAX:
        yield Suspicion.MANY_LINKS
    if _has_dead_source(submission):
        yield Suspicion.DEAD_SOURCE
    if submission.origin != Origin.FORM:
        return  # what machines bring by the thousand is neither compared with everything nor anybody's first
    # A correction is about one that is known, and is compared with that.
    if submission.initiative_id is None and looks_like_another(submission):
        yield Suspicion.DUPLICATE
    if _is_first(submission):
        yield Suspicion.FIRST_TIME


def _links_in(submission: Submission) -> int:
    return sum(len(_LINK.findall(getattr(submission, name))) for name in _TEXTS)


def _has_dead_source(submission: Submission) -> bool:
    """Whether the checker found that one does not answer, for this or for somebody else who gave the same address."""
    failing = Link.objects.filter(state=Link.State.FAILS).values("url")
    return submission.sources.filter(Q(link__state=Link.State.FAILS) | Q(link=None, url__in=failing)).exists()


def _is_first(submission: Submission) -> bool:
    """Whether nothing of this author was approved yet, for whatever organisation. What is held still can be undone."""
    approved = Submission.objects.filter(
        author=submission.author_id, status=SubmissionStatus.APPROVED, held_until__isnull=True
    )
    return not approved.exclude(pk=submission.pk).exists()
