"""Claims do not last for ever: who falls ill must not block the queue."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from initiatives.models import Submission
from initiatives.vocabulary import SubmissionStatus
from moderation.services import transition

CLOCK = ("clock", "Clock (machine)")


def release_old_claims(*, limit: int = 500) -> int:
    """Release what was claimed longer than settings.CLAIM_TIMEOUT ago, by the system account; return how many."""
    clock = User.objects.system(*CLOCK)
    return sum(_release_if_old(pk, clock) for pk in list(_old().values_list("pk", flat=True)[:limit]))


def _old():
    since = timezone.now() - settings.CLAIM_TIMEOUT
    return Submission.objects.filter(status=SubmissionStatus.IN_REVIEW, claimed_at__lte=since).order_by("pk")


@transaction.atomic
def _release_if_old(pk: int, clock: User) -> bool:
    submission = _old().select_for_update(skip_locked=True).filter(pk=pk).first()
    if submission is None:  # decided, released or in other hands since
        return False
    values = {"who": submission.claimed_by.name, "hours": int(settings.CLAIM_TIMEOUT.total_seconds() // 3600)}
    note = _("%(who)s claimed it more than %(hours)d hours ago and did not decide.") % values
    return transition(submission, "release", by=clock, private_note=note).changed
