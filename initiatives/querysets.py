"""Reads of submissions, initiatives and collections, as words."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Membership
from accounts.rules import is_moderator
from countries.models import Country
from initiatives import status
from initiatives.vocabulary import InitiativeStatus, Scope, SubmissionStatus


class CollectionQuerySet(models.QuerySet):
    def open(self, on: datetime.date | None = None) -> Self:
        """Those that take submissions on day `on` (today where it is None)."""
        on = on or status.today()
        return self.filter(Q(closes_on=None) | Q(closes_on__gte=on), opens_on__lte=on)


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Those that `user` may see: their own, colleagues' once confirmed, and for moderators what was sent."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(author=user)
        confirmed = Membership.objects.confirmed().filter(user=user).values("organisation")
        colleagues = Q(organisation__in=confirmed)
        sent = ~Q(status=SubmissionStatus.DRAFT) if is_moderator(user) else Q(pk__in=[])
        return self.filter(mine | colleagues | sent)

    def of(self, user) -> Self:
        """What `user` works on: their own and those of confirmed colleagues."""
        confirmed = Membership.objects.confirmed().filter(user=user).values("organisation")
        return self.filter(Q(author=user) | Q(organisation__in=confirmed))

    def waiting(self) -> Self:
        """Those that wait for a moderator, oldest first."""
        wanted = [SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW]
        return self.filter(status__in=wanted).order_by("submitted_at", "id")


class InitiativeQuerySet(models.QuerySet):
    def public(self, *, archived: bool = False) -> Self:
        """What lists, counts, search, map and sitemap show; with those kept for the record where `archived`."""
        if archived:
            return self.filter(status__in=[InitiativeStatus.PUBLISHED, InitiativeStatus.ARCHIVED])
        return self.filter(status=InitiativeStatus.PUBLISHED)  # equality, so that the partial indexes serve it

    def newest(self) -> Self:
        return self.order_by("-published_on", F("starts_on").desc(nulls_last=True), "-id")

    def naming(self, *iso2: str) -> Self:
        """Those that name one of the countries, each once."""
        return self.filter(self._names_a_country(country_id__in=iso2))

    def in_region(self, *regions: str) -> Self:
        """Those that name a country of one of the regions, or the region itself, each once."""
        countries = Country.objects.filter(region__in=regions).values("iso2")
        named = self._names_a_country(country_id__in=countries)
        return self.filter(Q(region__in=regions, scope=Scope.REGIONAL) | named)

    def _names_a_country(self, **which) -> Exists:
        return Exists(self.model.countries.through.objects.filter(initiative_id=OuterRef("pk"), **which))

    def with_measure_status(self, *statuses: str, on: datetime.date | None = None) -> Self:
        """Those whose measure has one of the statuses on day `on` (today where it is None)."""
        wanted = Q(pk__in=[])
        for value in statuses:
            wanted |= status.condition(value, on)
        return self.filter(wanted)

    def containing(self, text: str) -> Self:
        """Those with every word of `text` in title or summary."""
        found = self
        for word in text.split()[:10]:
            found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        return found

    def for_list(self) -> Self:
        """With what an item of a list shows: three queries whatever the length."""
        return self.select_related("organisation", "collection").prefetch_related("countries")
