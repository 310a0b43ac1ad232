"""The status of a measure on a day: one rule, as a function for a row and as a condition for the database."""

import datetime

from django.db.models import Q
from django.utils import timezone

from initiatives.vocabulary import EndKind, MeasureStatus


def today() -> datetime.date:
    return timezone.now().date()


def confirmation_horizon(on: datetime.date) -> datetime.date:
    """Return the day 12 months before `on`: an unannounced end confirmed no later than that is not known any more."""
    year = on.year - 1
    return on.replace(year=year, day=28) if (on.month, on.day) == (2, 29) else on.replace(year=year)


def last_confirmed(content) -> datetime.date | None:
    """Return the later of the start and the last confirmation."""
    days = [day for day in (content.starts_on, getattr(content, "confirmed_on", None)) if day]
    return max(days, default=None)


def of(content, on: datetime.date | None = None) -> MeasureStatus:
    """Return the status of the measure on day `on` (today where it is None)."""
    on = on or today()
    if content.declared_status and (content.declared_on is None or content.declared_on <= on):
        return MeasureStatus(content.declared_status)
    if content.starts_on and content.starts_on > on:
        return MeasureStatus.ANNOUNCED
    if content.end_kind == EndKind.DATE and content.ends_on:
        return MeasureStatus.IN_FORCE if content.ends_on >= on else MeasureStatus.ENDED
    if content.end_kind == EndKind.OPEN_ENDED:
        return MeasureStatus.IN_FORCE
    confirmed = last_confirmed(content)
    recent = confirmed is not None and confirmed > confirmation_horizon(on)
    return MeasureStatus.IN_FORCE if recent else MeasureStatus.NOT_KNOWN


def condition(wanted: str, on: datetime.date | None = None) -> Q:
    """Return what selects the initiatives whose status on day `on` is `wanted`: the same rule as `of`."""
    on = on or today()
    declared = ~Q(declared_status="") & (Q(declared_on=None) | Q(declared_on__lte=on))
    if wanted == MeasureStatus.REVOKED:
        return declared & Q(declared_status=MeasureStatus.REVOKED)
    started = ~declared & (Q(starts_on=None) | Q(starts_on__lte=on))
    dated = Q(end_kind=EndKind.DATE, ends_on__isnull=False)
    unannounced = Q(end_kind=EndKind.NOT_ANNOUNCED)
    horizon = confirmation_horizon(on)
    recent = Q(starts_on__gt=horizon) | Q(confirmed_on__gt=horizon)
    not_recent = (Q(starts_on=None) | Q(starts_on__lte=horizon)) & (Q(confirmed_on=None) | Q(confirmed_on__lte=horizon))
    if wanted == MeasureStatus.ANNOUNCED:
        return ~declared & Q(starts_on__gt=on)
    if wanted == MeasureStatus.ENDED:
        return (declared & Q(declared_status=MeasureStatus.ENDED)) | (started & dated & Q(ends_on__lt=on))
    if wanted == MeasureStatus.IN_FORCE:
        return started & (Q(end_kind=EndKind.OPEN_ENDED) | (dated & Q(ends_on__gte=on)) | (unannounced & recent))
    return started & unannounced & not_recent
