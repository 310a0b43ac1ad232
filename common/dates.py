"""Dates known to the day, the month or the year."""

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_FORM = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


@dataclass(frozen=True)
class PartialDate:
    """A day, a month or a year of the Gregorian calendar, 1990 to 2100."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Raise ValidationError where no such day exists or the year is out of range."""
        if self.day is not None and self.month is None:
            raise ValidationError(_("A day needs a month."), code="date")
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise ValidationError(
                _("The year must lie between %(first)d and %(last)d.") % {"first": EARLIEST_YEAR, "last": LATEST_YEAR},
                code="date",
            )
        try:
            # A month or day of 0 is no date either, so `or` will not do here.
            datetime.date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError as error:
            raise ValidationError(_("%(date)s is no date of the calendar.") % {"date": self}, code="date") from error

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2020`, `2020-03` or `2020-03-23`; raise ValidationError for anything else."""
        match = _FORM.fullmatch(text.strip())
        if not match or not text.isascii():
            raise ValidationError(_("Write a date as 2020, 2020-03 or 2020-03-23."), code="date")
        return cls(*(int(part) if part else None for part in match.groups()))

    @classmethod
    def of(cls, date: datetime.date | None, precision: str) -> Self | None:
        """Return what a row holds as `date` and `precision`, or None where it holds no date."""
        if date is None:
            return None
        month = date.month if precision != Precision.YEAR else None
        return cls(date.year, month, date.day if precision == Precision.DAY else None)

    @property
    def precision(self) -> str:
        return Precision.DAY if self.day else Precision.MONTH if self.month else Precision.YEAR

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """Return the ISO form, which is also the value of an HTML `time` element."""
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part))
        return "-".join(parts)

    def words(self) -> str:
        """Return the date in the reader's language: 23 March 2020, March 2020, 2020."""
        forms = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}
        return formats.date_format(self.first, forms[self.precision])
