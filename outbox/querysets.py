"""Reads of letters and jobs."""

import datetime
from typing import Self

from django.db import models

from outbox.jobs import known


class LetterQuerySet(models.QuerySet):
    def due(self, at: datetime.datetime) -> Self:
        """Those that wait and should be on their way at that time."""
        return self.filter(state="waiting", due_at__lte=at)

    def settled(self) -> Self:
        """Those that will not be sent, unless people want it."""
        return self.exclude(state__in=("waiting", "sending"))


class JobQuerySet(models.QuerySet):
    def known(self) -> Self:
        """Those that the code still has."""
        return self.filter(name__in=known())

    def due(self, at: datetime.datetime) -> Self:
        """Those that should have begun at that time."""
        return self.known().filter(is_paused=False, due_at__lte=at)

    def failing(self) -> Self:
        """Those whose last run failed, or never ended."""
        return self.known().filter(failures__gt=0)
