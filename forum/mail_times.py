"""When letters of the forum are due: at once, or the next morning, or the next Monday morning."""

import datetime

from django.utils import timezone

from forum.vocabulary import MailChoice

MORNING = datetime.time(6)  # of the portal's time zone
MONDAY = 0


def due(mail: str, now: datetime.datetime) -> datetime.datetime:
    """Return when somebody with this choice is told of what happens `now`."""
    if mail == MailChoice.AT_ONCE:
        return now
    local = timezone.localtime(now)
    morning = local.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    if morning <= local:
        morning += datetime.timedelta(days=1)
    if mail == MailChoice.WEEKLY:
        morning += datetime.timedelta(days=(MONDAY - morning.weekday()) % 7)
    return morning
