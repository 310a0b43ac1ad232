"""Reads of countries and territories."""

from typing import Self

from django.db import models


class CountryQuerySet(models.QuerySet):
    def in_region(self, region: str) -> Self:
        return self.filter(region=region)

    def members(self) -> Self:
        """Member states of ITU."""
        return self.filter(itu_member=True)
