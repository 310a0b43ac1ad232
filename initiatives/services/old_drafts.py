"""Drafts that nobody has touched for a year: their authors are told, then the drafts are deleted."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Submission
from initiatives.services.drafts import delete_with_files
from initiatives.vocabulary import Origin, SubmissionStatus
from outbox.services import send_later

WARNED_AFTER, DELETED_AFTER = datetime.timedelta(days=335), datetime.timedelta(days=365)
NOTICE = datetime.timedelta(days=30)  # at least so long between the warning and the end
AT_ONCE = 200  # rows of one run; the next run takes the others


def _untouched(since: datetime.datetime):
    """Drafts of people that were never sent, oldest first. Every save sets `updated_at` anew."""
    drafts = Submission.objects.filter(status=SubmissionStatus.DRAFT, origin=Origin.FORM, updated_at__lte=since)
    return drafts.filter(submitted_at=None, author__is_system=False).order_by("updated_at", "pk")


def warn_of_deletion() -> int:
    """Mail the authors of drafts untouched for 11 months, once; return how many drafts were told of."""
    now = timezone.now()
    rows = _untouched(now - WARNED_AFTER).filter(warned_at=None).values_list("pk", flat=True)[:AT_ONCE]
    return sum(_warn(pk, now) for pk in list(rows))


@transaction.atomic
def _warn(pk: int, now: datetime.datetime) -> bool:
    locked = _untouched(now - WARNED_AFTER).filter(pk=pk, warned_at=None).select_for_update(of=("self",)).first()
    if locked is None:  # saved, or told of, a moment ago
        return False
    Submission.objects.filter(pk=pk).update(warned_at=now)  # not by save(), which would make it fresh
    if locked.author.is_active:
        context = {
            "submission": locked,
            "private_url": settings.SITE_URL + reverse("initiatives:edit", args=[locked.key]),
            "delete_on": max(locked.updated_at + DELETED_AFTER, now + NOTICE).date(),
        }
        occasion = f"draft-{pk}-{locked.revision}-{now.date()}"
        send_later("initiatives/mail/draft_warning.txt", context, to=locked.author, occasion=occasion)
    return True


def delete_old_drafts() -> int:
    """Delete drafts untouched for 12 months whose authors were told 30 days ago; return how many. Files go too."""
    now = timezone.now()
    rows = _untouched(now - DELETED_AFTER).filter(warned_at__lte=now - NOTICE).values_list("pk", flat=True)[:AT_ONCE]
    return sum(_delete(pk, now) for pk in list(rows))


@transaction.atomic
def _delete(pk: int, now: datetime.datetime) -> bool:
    old = _untouched(now - DELETED_AFTER).filter(pk=pk, warned_at__lte=now - NOTICE)
    locked = old.select_for_update(of=("self",)).first()
    if locked is None or locked.decisions.exists():
        return False
    delete_with_files(locked)
    return True
