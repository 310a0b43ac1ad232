"""When somebody should look again whether a measure still holds."""

import datetime

from django.conf import settings

from initiatives import status
from initiatives.vocabulary import EndKind, MeasureStatus, Origin

OVER = (MeasureStatus.ENDED, MeasureStatus.REVOKED)
# What is loaded on one day must not be due on one day: a secretariat reads a few of them a day.
SPREAD = 90


def next_date(initiative, on: datetime.date | None = None) -> datetime.date | None:
    """Return the day of the next review, seen from day `on` (today where it is None); the row needs its number.

    None for a measure that is over, or will be by then. What was compiled is spread over the days after.
    """
    on = on or status.today()
    if status.of(initiative, on) in OVER:
        return None
    due = on + settings.REVIEW_AFTER
    if initiative.origin != Origin.FORM:
        due += datetime.timedelta(days=initiative.pk % SPREAD)
    return None if _ends_before(initiative, due) else due


def _ends_before(initiative, day: datetime.date) -> bool:
    ends = initiative.ends_on if initiative.end_kind == EndKind.DATE else None
    declared = initiative.declared_on if initiative.declared_status else None
    return any(last is not None and last < day for last in (ends, declared))
