"""Which text is decided on: a correction is judged by what it would change in the text that is public then."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives import validation
from initiatives.models import Initiative, Submission
from initiatives.vocabulary import SubmissionStatus
from moderation.models import Decision


def edition_of(submission: Submission) -> str:
    """Name the text as it stands: how often it was saved, and for a correction the version that it would change."""
    return f"{submission.revision}-{public_version(submission)}"


def public_version(submission: Submission) -> int:
    """Return the number of the public text that it would change; 0 where it would be the first."""
    if submission.initiative_id is None:
        return 0
    return Initiative.objects.values_list("version", flat=True).get(pk=submission.initiative_id)


def version_when_sent(submission: Submission) -> int:
    """Return the version that was public when a correction was sent; 0 for what is new."""
    if submission.initiative_id is None or submission.submitted_at is None:
        return 0
    before = submission.initiative.versions.filter(published_at__lte=submission.submitted_at)
    return before.order_by("-number").values_list("number", flat=True).first() or 0


def is_behind(submission: Submission) -> bool:
    """Whether the public text has changed since a correction was sent, so that approving it may undo that change."""
    return 0 < version_when_sent(submission) < public_version(submission)


def rivals_of(submission: Submission):
    """Other corrections of the same initiative that wait for a decision or for its effect, oldest first."""
    waiting = [SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW]
    others = Submission.objects.filter(initiative=submission.initiative_id).exclude(pk=submission.pk)
    return (others.filter(status__in=waiting) | others.filter(held_until__isnull=False)).order_by("submitted_at", "pk")


def check_publishable(submission: Submission) -> None:
    """Raise ValidationError where it is not ready, or another correction of the same one is approved and held."""
    validation.check_ready(submission)
    if submission.initiative_id is None:
        return
    held = rivals_of(submission).filter(held_until__isnull=False, status=SubmissionStatus.APPROVED).first()
    if held:
        message = _("Another correction of it is approved and not in effect yet: “%(title)s”. Decide when it is.")
        raise ValidationError(message % {"title": held.title}, code="rival")


def check_edition(submission: Submission, decision: Decision, version: int) -> None:
    """Raise ValidationError where `decision` was made on another text; `version` is public now, its row locked."""
    if decision.edition and decision.edition != f"{submission.revision}-{version}":
        message = _("Version %(number)d became public after this was decided. Compare again, and decide anew.")
        raise ValidationError(message % {"number": version}, code="edition")
