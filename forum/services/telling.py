"""Letters to members about posts of others: one for each post at once, or a digest of all.

What is told is looked up when the letter is written: what was hidden meanwhile, what the person may not read any more
and what they have read already is left out. Notices are settled in the transaction that writes the letter, but for
those of what is hidden and may come back.
"""

import datetime

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from accounts.models import User
from forum import letters
from forum.models import Notice
from forum.services import standing
from forum.services.following import mail_settings
from forum.vocabulary import MailChoice

AT_ONCE_MAX = 50  # letters to one person in one go; more come as a digest
KEPT = datetime.timedelta(days=30)  # settled notices: until then nothing is told twice


def tell_due(limit: int = 500) -> int:
    """Write what is due to so many people, each in a transaction of its own; return how many letters there were."""
    due = Notice.objects.filter(settled_at=None, due_at__lte=timezone.now()).order_by()
    people = due.values("user").annotate(first=Min("due_at")).order_by("first", "user")[:limit]
    return sum(_tell(row["user"]) for row in people)


@transaction.atomic
def _tell(user_id: int) -> int:
    due = Notice.objects.filter(user=user_id, settled_at=None, due_at__lte=timezone.now())
    taken = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True))
    user = User.objects.get(pk=user_id)
    wants = standing.wants_mail(user)
    written = _write(user, standing.told_now(taken, user)) if wants else 0
    Notice.objects.filter(pk__in=taken).update(settled_at=timezone.now())
    if wants:
        standing.put_off(taken, user)
    return written


def _write(user: User, notices: QuerySet[Notice]) -> int:
    mail, count = mail_settings(user).mail, notices.count()
    if not count:
        return 0
    if mail == MailChoice.AT_ONCE and count <= AT_ONCE_MAX:
        return sum(letters.write_at_once(user, notice) for notice in notices.order_by("post__published_at", "pk"))
    return letters.write_digest(user, notices, count, is_weekly=mail == MailChoice.WEEKLY)


def forget_settled(limit: int = 10_000) -> int:
    """Delete notices settled long ago; return how many."""
    old = Notice.objects.filter(settled_at__lt=timezone.now() - KEPT).order_by("settled_at").values("pk")[:limit]
    return Notice.objects.filter(pk__in=old).delete()[0]
