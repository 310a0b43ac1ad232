"""Reads of people, organisations and memberships."""

from typing import Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q

from common.text import clean_line


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
        known = self.filter(email=email).first()
        if known:
            return known
        free = handle if not self.filter(handle=handle).exists() else f"{handle}-machine"
        defaults = {"name": name, "handle": free, "is_system": True, "password": "!"}
        return self.get_or_create(email=email, defaults=defaults)[0]


class OrganisationQuerySet(models.QuerySet):
    def accepted(self) -> Self:
        return self.filter(accepted_at__isnull=False)

    def named(self, name: str, country_id: str | None = None) -> Self:
        """Those of exactly this name or short name, in any case; of `country_id` where one is given."""
        name = clean_line(name)
        found = self.filter(Q(name__iexact=name) | Q(short_name__iexact=name))
        return found.filter(country_id=country_id) if country_id else found


class MembershipQuerySet(models.QuerySet):
    def confirmed(self) -> Self:
        return self.filter(status="confirmed")

    def requested(self) -> Self:
        return self.filter(status="requested")
