"""Reads of people, organisations and memberships."""

from typing import Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from common.text import clean_line

# Likeness of names, 0 to 1: from here one is asked "is it this?", and staff are told of a likely duplicate.
ALIKE, DUPLICATE = 0.35, 0.55


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, *, name, handle, password=None, **fields):
        user = self.model(email=email.strip().lower(), name=name, handle=handle, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, **fields):
        return self.create_user(email, **{**fields, "is_staff": True, "is_superuser": True})

    def system(self, handle: str, name: str):
        """Return the system account `handle`, made on first use. It has no password and no confirmed e-mail.

        Found by its impossible address, not by the handle, which somebody may have chosen for themselves.
        """
        email = f"{handle}@system.invalid"
        known = self.filter(email=email, is_system=True).first()  # no account of a person, whatever its address
        if known:
            return known
        free = handle if not self.filter(handle=handle).exists() else f"{handle}-machine"
        defaults = {"name": name, "handle": free, "password": "!"}
        return self.get_or_create(email=email, is_system=True, defaults=defaults)[0]


class OrganisationQuerySet(models.QuerySet):
    def accepted(self) -> Self:
        """Those that are offered to everybody."""
        return self.kept().filter(accepted_at__isnull=False)

    def kept(self) -> Self:
        """Those that were not merged into another one."""
        return self.filter(merged_into=None)

    def called(self, text: str) -> Self:
        """Those with every word of `text` in name or short name."""
        found = self
        for word in clean_line(text).split()[:10]:
            found = found.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
        return found

    def similar_to(self, name: str, *, at_least: float = ALIKE) -> Self:
        """Those whose name is like `name`, or who are called so for short; the likeliest first."""
        name = clean_line(name)[:200]
        likeness = Greatest(TrigramSimilarity("name", name), _called_so(name))
        return self.annotate(likeness=likeness).filter(likeness__gte=at_least).order_by("-likeness", "name", "pk")

    def in_same_country(self, country_id: str | None) -> Self:
        """Those of the country; the international ones where it is None."""
        return self.filter(country_id=country_id) if country_id else self.filter(country=None)

    def looking_like_others(self) -> Self:
        """Those for which `services.likely_duplicates` finds some. It compares all of a country with each other."""
        place = Coalesce("country_id", Value(""))
        others = self.model.objects.kept().exclude(pk=OuterRef("pk")).annotate(place=place)
        others = others.annotate(likeness=TrigramSimilarity("name", OuterRef("name")))
        same_place = others.filter(place=Coalesce(OuterRef("country_id"), Value("")))
        same_domain = Q(domain=OuterRef("domain")) & ~Q(domain="")
        return self.kept().filter(Exists(same_place.filter(Q(likeness__gte=DUPLICATE) | same_domain)))

    def named(self, name: str, country_id: str | None = None) -> Self:
        """Those of exactly this name or short name, in any case; of `country_id` where one is given."""
        name = clean_line(name)
        found = self.filter(Q(name__iexact=name) | Q(short_name__iexact=name))
        return found.filter(country_id=country_id) if country_id else found


def _called_so(name: str) -> Case:
    is_short_for_it = When(Q(short_name__iexact=name) & ~Q(short_name=""), then=Value(1.0))
    return Case(is_short_for_it, default=Value(0.0), output_field=models.FloatField())


class MembershipQuerySet(models.QuerySet):
    def confirmed(self) -> Self:
        return self.filter(status="confirmed")

    def requested(self) -> Self:
        return self.filter(status="requested")

    def current(self) -> Self:
        """Those that were asked for or are confirmed, and not refused or ended."""
        return self.filter(status__in=["requested", "confirmed"])

    def over(self) -> Self:
        """Those that were refused or ended."""
        return self.filter(status__in=["refused", "ended"])

    def that_work(self) -> Self:
        """Those of people who can go on with the work of an organisation, the longest ones first."""
        people = self.confirmed().filter(user__is_active=True, user__is_system=False)
        return people.select_related("user").order_by("confirmed_at", "pk")

    def shown_to_person(self) -> Self:
        """Theirs as their own page lists them: what ended is gone; with the `reason` why one was refused."""
        reason = self.model._meta.get_field("changes").related_model.objects.filter(membership=OuterRef("pk"))
        rows = self.exclude(status="ended").annotate(reason=Subquery(reason.values("reason")[:1]))
        return rows.select_related("organisation").order_by("organisation__name", "pk")

    def to_be_answered_by(self, user) -> Self:
        """Requests at organisations whose confirmed member `user` is, oldest first."""
        mine = self.model.objects.confirmed().filter(user=user).values("organisation")
        waiting = self.requested().filter(organisation__in=mine).exclude(user=user)
        return waiting.select_related("user", "organisation").order_by("requested_at", "pk")
