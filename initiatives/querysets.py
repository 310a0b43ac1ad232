"""Reads of submissions, initiatives and collections, as words."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Value, When

from accounts.models import Membership
from accounts.rules import is_moderator
from countries.models import Country
from initiatives import status
from initiatives.review_dates import SPREAD
from initiatives.vocabulary import EndKind, InitiativeStatus, MeasureStatus, Origin, Scope, SubmissionStatus

LONG_TEXTS = ("description", "results", "challenges", "lessons")


class CollectionQuerySet(models.QuerySet):
    def open(self, on: datetime.date | None = None) -> Self:
        """Those that take submissions on day `on` (today where it is None)."""
        on = on or status.today()
        return self.filter(Q(closes_on=None) | Q(closes_on__gte=on), opens_on__lte=on)


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Those that `user` may see: what they work on, and for moderators whatever was sent."""
        if user.is_authenticated and is_moderator(user):
            return self.filter(_worked_on_by(user) | ~Q(status=SubmissionStatus.DRAFT))
        return self.of(user)

    def of(self, user) -> Self:
        """What `user` works on: their own and those of colleagues, where both are confirmed members."""
        return self.filter(_worked_on_by(user)) if user.is_authenticated else self.none()

    def open(self) -> Self:
        """Those that are not decided yet, as far as contributors know: what is held is not."""
        undecided = [
            *(SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED),
            *(SubmissionStatus.IN_REVIEW, SubmissionStatus.CHANGES_REQUESTED),
        ]
        return self.filter(Q(status__in=undecided) | Q(held_until__isnull=False))

    def shown_as(self, *statuses: str) -> Self:
        """Those with one of the statuses, as far as contributors know: what is held is still in review."""
        found = Q(status__in=statuses, held_until=None)
        return self.filter(found | Q(held_until__isnull=False) if SubmissionStatus.IN_REVIEW in statuses else found)

    def counts_as_shown(self) -> dict[str, int]:
        """How many there are of each status, as far as contributors know. One query."""
        shown = Case(When(held_until=None, then=F("status")), default=Value(SubmissionStatus.IN_REVIEW.value))
        return dict(self.order_by().annotate(shown=shown).values_list("shown").annotate(models.Count("pk")))

    def waiting(self) -> Self:
        """Those that wait for a moderator, oldest first."""
        wanted = [SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW]
        return self.filter(status__in=wanted).order_by("submitted_at", "id")


def _worked_on_by(user) -> Q:
    confirmed = Membership.objects.confirmed()
    author_is_member = confirmed.filter(user=OuterRef("author"), organisation=OuterRef("organisation"))
    shared = Q(organisation__in=confirmed.filter(user=user).values("organisation")) & Exists(author_is_member)
    return Q(author=user) | shared


class InitiativeQuerySet(models.QuerySet):
    def public(self, *, archived: bool = False) -> Self:
        """What lists, counts, search, map and sitemap show; with those kept for the record where `archived`."""
        if archived:
            return self.filter(status__in=[InitiativeStatus.PUBLISHED, InitiativeStatus.ARCHIVED])
        return self.filter(status=InitiativeStatus.PUBLISHED)  # equality, so that the partial indexes serve it

    def owned_by(self, user) -> Self:
        """Those of organisations that `user` is a confirmed member of, and what they sent first: as rules.is_owner."""
        mine = Membership.objects.filter(user=user)
        organisations, over = (rows.values("organisation") for rows in (mine.confirmed(), mine.over()))
        sent_first = self.model.objects.filter(versions__number=1, versions__submission__author=user)
        return self.filter(Q(organisation__in=organisations) | Q(pk__in=sent_first.exclude(organisation__in=over)))

    def with_owner(self) -> Self:
        """Those that somebody outside can be asked about: the contributor, or a member of the organisation."""
        return self.filter(self._has_owner())

    def of_secretariat(self) -> Self:
        """Those that nobody outside answers for: what was compiled, and what its contributors have all left."""
        return self.exclude(self._has_owner())

    def _has_owner(self) -> Q:
        author = {"versions__submission__author__is_active": True, "versions__submission__author__is_system": False}
        over = Membership.objects.over().filter(organisation=OuterRef("organisation"))
        over = over.filter(user=OuterRef("versions__submission__author"))
        sent_first = self.model.objects.filter(~Exists(over), pk=OuterRef("pk"), versions__number=1, **author)
        members = Membership.objects.confirmed().filter(user__is_active=True, user__is_system=False)
        is_member = Exists(members.filter(organisation=OuterRef("organisation")))
        return Q(origin=Origin.FORM) & (Exists(sent_first) | is_member)

    def due_for_review(self, on: datetime.date | None = None) -> Self:
        """Those whose review date has come by day `on`, and that may still hold; the oldest first."""
        on = on or status.today()
        return self.public().filter(review_on__lte=on)._that_may_hold(on).order_by("review_on", "id")

    def without_review_date(self, on: datetime.date) -> Self:
        """Those that should have a review date and have none: they may hold, and go on beyond the next review."""
        later = on + settings.REVIEW_AFTER
        compiled = ~Q(origin=Origin.FORM) & Q(ends_on__lt=later + datetime.timedelta(days=SPREAD))
        soon_over = Q(ends_on__lt=later) | compiled
        return self.public().filter(review_on=None)._that_may_hold(on).exclude(Q(end_kind=EndKind.DATE) & soon_over)

    def _that_may_hold(self, on: datetime.date) -> Self:
        return self.with_measure_status(
            *(MeasureStatus.ANNOUNCED, MeasureStatus.IN_FORCE, MeasureStatus.NOT_KNOWN), on=on
        )

    def newest(self) -> Self:
        return self.order_by("-published_on", F("starts_on").desc(nulls_last=True), "-id")

    def sorted_by(self, order: str) -> Self:
        """In one of the orders of an address: `newest`, `start`, `-start`, `title`; anything else is the newest."""
        orders = {
            "start": (F("starts_on").asc(nulls_last=True), "id"),
            "-start": (F("starts_on").desc(nulls_last=True), "id"),
            "title": ("title", "id"),
        }
        return self.order_by(*orders[order]) if order in orders else self.newest()

    def naming(self, *iso2: str) -> Self:
        """Those that name one of the countries, each once."""
        return self.filter(self._names_a_country(country_id__in=iso2))

    def in_region(self, *regions: str) -> Self:
        """Those that name a country of one of the regions, or the region itself, each once."""
        countries = Country.objects.filter(region__in=regions).values("iso2")
        # A set, and not a question asked of each row: beside OR the planner would ask it 100,000 times.
        named = self.model.countries.through.objects.filter(country_id__in=countries).values("initiative_id")
        return self.filter(Q(region__in=regions, scope=Scope.REGIONAL) | Q(pk__in=named))

    def in_group(self, *groups: str) -> Self:
        """Those that name a country of one of the groups (`ldc`, `lldc`, `sids`), each once."""
        wanted = Q(pk__in=[])
        for group in groups:
            wanted |= Q(**{group: True})
        countries = Country.objects.filter(wanted).values("iso2")
        named = self.model.countries.through.objects.filter(country_id__in=countries).values("initiative_id")
        return self.filter(pk__in=named)

    def _names_a_country(self, **which) -> Exists:
        return Exists(self.model.countries.through.objects.filter(initiative_id=OuterRef("pk"), **which))

    def on_theme(self, *themes: str) -> Self:
        """Those whose theme, or one of whose further themes, is one of `themes`, each once."""
        return self.filter(Q(theme__in=themes) | Q(further_themes__overlap=list(themes)))

    def with_measure_type(self, *codes: str) -> Self:
        """Those that are of one of the measure types, each once."""
        return self.filter(measure_types__overlap=list(codes))

    def starting_in(self, *years: str) -> Self:
        """Those that start in one of the years."""
        return self.filter(starts_on__year__in=[int(year) for year in years])

    def theme_counts(self) -> dict[str, int]:
        """How many there are for each theme, counted as `on_theme` finds them. One query."""
        every = Func(F("further_themes"), F("theme"), function="array_append")
        each = Func(every, function="unnest", output_field=models.CharField())
        each.set_returning = True
        return dict(self.order_by().annotate(any_theme=each).values_list("any_theme").annotate(models.Count("pk")))

    def tagged(self, *slugs: str) -> Self:
        """Those that carry one of the tags, each once."""
        return self.filter(
            pk__in=self.model.tags.through.objects.filter(
                content_type__app_label="initiatives", content_type__model="initiative", tag__slug__in=slugs
            ).values("object_id")
        )

    def with_measure_status(self, *statuses: str, on: datetime.date | None = None) -> Self:
        """Those whose measure has one of the statuses on day `on` (today where it is None)."""
        wanted = Q(pk__in=[])
        for value in statuses:
            wanted |= status.condition(value, on)
        return self.filter(wanted)

    def search(self, text: str) -> Self:
        """Those that are found for `text`, in any language; see `initiatives.search`. All where it asks for nothing."""
        from initiatives.search import matches  # it reads models, and they read this

        found = matches(text)
        return self.filter(found.condition()) if found else self

    def containing(self, text: str) -> Self:
        """Those that are found for `text`."""
        return self.search(text)

    def for_list(self) -> Self:
        """With what an item of a list shows, without the long texts: two queries whatever the length."""
        return self.select_related("organisation").defer(*LONG_TEXTS).prefetch_related("countries")

    def countries_named(self) -> int:
        """How many countries and territories they name. One query."""
        found = self.model.countries.through.objects.filter(
            country_id=OuterRef("pk"), initiative__in=self.order_by().values("pk")
        )
        return Country.objects.filter(Exists(found)).count()
