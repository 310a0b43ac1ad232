"""What the owners of a public initiative are told of corrections by others."""

from typing import Any

from accounts.models import User
from initiatives import rules
from initiatives.models import Initiative, InitiativeVersion, Submission
from initiatives.services.review_rounds import owners_of
from initiatives.vocabulary import SubmissionStatus


def version_of(submission: Submission) -> tuple[Initiative, int]:
    """Return the initiative with the organisation that it had before, and the version that the correction becomes."""
    initiative = Initiative.objects.select_related("organisation").get(pk=submission.initiative_id)
    published = initiative.versions.filter(submission=submission).defer("content").first()
    number = published.number if published else initiative.version + 1
    before = initiative.versions.filter(number=number - 1).select_related("submission__organisation").first()
    if before and before.submission and before.submission.organisation:
        initiative.organisation = before.submission.organisation
    return initiative, number


def owners_to_tell(submission: Submission, initiative: Initiative) -> list[User]:
    """Return whom a correction concerns; nobody where one of them sent it."""
    if rules.is_owner(submission.author, initiative):
        return []
    return [person for person in owners_of(initiative) if person.pk != submission.author_id]


def news_for_owner(initiative: Initiative, user: User) -> dict[str, Any]:
    """Return the latest version where it is by somebody else, and whether a correction by somebody else waits."""
    waiting = [SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW]
    others = Submission.objects.shown_as(*waiting).filter(initiative=initiative)
    mine = Submission.objects.of(user).filter(initiative=initiative)
    first = initiative.versions.filter(number=1).values("submission")
    waits = others.exclude(pk__in=mine.values("pk")).exclude(pk__in=first).exists()
    return {"version": _by_somebody_else(initiative), "waits": waits}


def _by_somebody_else(initiative: Initiative) -> InitiativeVersion | None:
    if initiative.version < 2:
        return None
    rows = initiative.versions.filter(number=initiative.version).select_related("submission__author").defer("content")
    latest = rows.first()
    by = latest.submission.author if latest and latest.submission else None
    return latest if by and not rules.is_owner(by, initiative) else None
