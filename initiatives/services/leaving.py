"""What this room forgets of a person who leaves, and what it does when organisations are merged."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Organisation, User
from initiatives.models import Initiative, Submission, SubmissionRevision
from initiatives.services.drafts import delete_with_files
from initiatives.services.handing_over import hand_over
from initiatives.vocabulary import SubmissionStatus
from moderation.services import transition

PRIVATE = ("contributor_name", "contributor_role", "contributor_email")


def forget_person(sender, user: User, addresses: Iterable[str], new_name: str, **kwargs) -> None:
    """Take the person out of what they wrote. Work of an organisation passes to a colleague; other drafts are deleted.

    Called in the transaction that makes the person anonymous, while they may still do what they might.
    """
    for submission in Submission.objects.filter(claimed_by=user, status=SubmissionStatus.IN_REVIEW, held_until=None):
        transition(submission, "release", by=user)
    mentioned = _mentioning(user, addresses)
    for membership in user.memberships.confirmed().select_related("organisation"):
        hand_over(user, membership.organisation)
    for draft in Submission.objects.filter(author=user, status=SubmissionStatus.DRAFT):
        if not draft.decisions.exists():
            delete_with_files(draft)
    _forget_in_revisions(SubmissionRevision.objects.filter(Q(submission__in=mentioned) | Q(saved_by=user)))
    SubmissionRevision.objects.filter(saved_by=user).update(saved_by_name=new_name)
    Submission.objects.filter(pk__in=mentioned).update(**dict.fromkeys(PRIVATE, ""))


def on_membership_ended(sender, membership, **kwargs) -> None:
    hand_over(membership.user, membership.organisation)


def _mentioning(user: User, addresses: Iterable[str]) -> list[int]:
    """Ids of what they wrote, and of what others wrote with one of their addresses."""
    found = Q(author=user)
    for address in addresses:
        found |= Q(contributor_email__iexact=address)
    return list(Submission.objects.filter(found).values_list("pk", flat=True))


def _forget_in_revisions(revisions: QuerySet[SubmissionRevision]) -> None:
    rows = []
    for revision in revisions:
        private = revision.content.get("private", {})
        if any(private.get(name) for name in PRIVATE):
            revision.content["private"] = private | dict.fromkeys(PRIVATE, "")
            rows.append(revision)
    SubmissionRevision.objects.bulk_update(rows, ["content"], batch_size=100)


def note_merged(sender, away: Organisation, kept: Organisation, **kwargs) -> None:
    """Pages name another organisation now: machines that read only what has changed are to see it."""
    Initiative.objects.filter(organisation=kept).update(changed_at=timezone.now())
