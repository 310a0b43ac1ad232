"""Handles, and those that people had before: each leads to whoever had it, and is given to nobody else."""

import hashlib
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

validate_handle = RegexValidator(r"^[a-z0-9][a-z0-9-]{1,28}[a-z0-9]$", _("3 to 30 letters a–z, digits and hyphens."))


class FormerHandleQuerySet(models.QuerySet):
    def called(self, handle: str) -> Self:
        """The row of this handle, whether its person is here or has left."""
        return self.filter(handle__in=[handle, digest(handle)])

    def kept_from(self, person, handle: str) -> bool:
        """Whether somebody else had the handle; `person` may be None. One query."""
        rows = self.called(handle)
        return (rows.exclude(user=person) if person else rows).exists()


class FormerHandle(models.Model):
    """A handle that somebody gave up; triggers write it, and refuse it to everybody else.

    Of who has left only a digest stays: it leads to nobody, and nobody else can take what it was.
    """

    handle = models.CharField(_("handle"), max_length=64, unique=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="former_handles")
    given_up_at = models.DateTimeField(_("given up"), auto_now_add=True)

    objects = FormerHandleQuerySet.as_manager()

    class Meta:
        verbose_name = _("former handle")
        verbose_name_plural = _("former handles")

    def __str__(self) -> str:
        return self.handle


def digest(handle: str) -> str:
    """Return 64 characters that a trigger finds too; no handle is as long."""
    return hashlib.sha256(handle.encode()).hexdigest()


def of_who_left(person) -> str:
    """Return the handle that who leaves gets: `left-17`, with a further number where somebody took that before."""
    others, number = person._meta.default_manager.exclude(pk=person.pk), 1
    handle = f"left-{person.pk}"
    while others.filter(
        models.Q(handle=handle) | models.Q(email=f"{handle}@left.invalid")
    ).exists() or FormerHandle.objects.kept_from(person, handle):
        number += 1
        handle = f"left-{person.pk}-{number}"
    return handle


def forget(person) -> None:
    """Keep of the handles of who leaves nothing but that they are taken."""
    for row in FormerHandle.objects.filter(user=person):
        FormerHandle.objects.filter(pk=row.pk).update(handle=digest(row.handle), user=None)
