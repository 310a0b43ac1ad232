"""Who looks after which regions: the default of the queue, and one mail a day about what waits there."""

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from accounts.rules import ADMINISTRATORS, MODERATORS, is_moderator
from countries.models import Region
from moderation.models import Duty
from moderation.queue import NO_REGION, Count, Queue
from outbox.services import send_later

MAILED_FROM = datetime.time(6)  # of the portal's time zone: what waits is told in the morning
TITLES = 10  # in a mail


def of(user: User) -> Duty:
    """Return the person's duty; one that is not stored (all regions, a mail a day) where they never said."""
    return Duty.objects.filter(user=user).first() or Duty(user=user)


def regions_in_queue(duty: Duty) -> list[str]:
    """Return what the queue shows unless asked otherwise; empty for everything.

    What belongs to no region is everybody's: else nobody would look after it.
    """
    return [*duty.regions, NO_REGION] if duty.regions else []


def choose(*, regions: Sequence[str], mail: str, by: User) -> Duty:
    """Keep the regions that `by` looks after and whether mails tell of them. PermissionDenied but for moderators."""
    if not is_moderator(by):
        raise PermissionDenied
    chosen = [code for code in Region.values if code in regions]
    values = {"regions": [] if len(chosen) == len(Region) else chosen, "mail": Duty.Mail(mail)}
    return Duty.objects.update_or_create(user=by, defaults=values)[0]


def people_to_mail() -> QuerySet[User]:
    """Return who wants a mail a day: moderators unless they said never, administrators where they said so.

    The mail names what is not public, so it goes to nobody who could not open the queue.
    """
    staff = User.objects.filter(is_active=True, is_staff=True, is_system=False).select_related("duty")
    staff = staff if settings.DEMO else staff.filter(authenticator__isnull=False)
    moderators = Q(groups__name=MODERATORS, duty=None)
    said_so = Q(duty__mail=Duty.Mail.DAILY) & (Q(groups__name__in=[MODERATORS, ADMINISTRATORS]) | Q(is_superuser=True))
    return staff.filter(moderators | said_so).distinct().order_by("pk")


def mail_what_waits() -> int:
    """Tell everybody who wants it, once a day, what waits in their regions; nobody where nothing does."""
    now = timezone.localtime()
    if now.time() < MAILED_FROM:
        return 0
    return sum(_mail(user, now.date()) for user in people_to_mail())


def _mail(user: User, today: datetime.date) -> bool:
    duty = getattr(user, "duty", None) or Duty(user=user)
    if duty.last_mailed_on == today:
        return False
    regions = regions_in_queue(duty)
    queue = Queue(user, {"region": regions} if regions else {})
    counts = [count for count in queue.counts() if count.number]
    if not counts:
        return False
    with translation.override(user.language or settings.LANGUAGE_CODE):  # names of countries and the like
        context = _told(queue, counts, duty)
    letter = send_later("moderation/mail/waiting.txt", context, to=user, occasion=f"waiting-{today}-{user.pk}")
    if duty.pk:
        Duty.objects.filter(pk=duty.pk).update(last_mailed_on=today)
    return letter is not None


def _told(queue: Queue, counts: list[Count], duty: Duty) -> dict:
    return {
        "counts": counts,
        "total": sum(count.number for count in counts),
        "more": any(count.more for count in counts),
        "rows": [(one, settings.SITE_URL + one.row.url) for one in queue.page(TITLES)],
        "regions": ", ".join(str(Region(code).label) for code in duty.regions),
        "queue_url": settings.SITE_URL + reverse("admin:index"),
    }
