"""Rows that are held while they are written."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from initiatives import rules
from initiatives.models import Submission


def locked_for_edit(submission: Submission, by: User) -> Submission:
    """Return the row, locked; raise PermissionDenied where `by` may not edit it (any more)."""
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    if not rules.may_edit(by, locked):
        raise PermissionDenied(_("This submission cannot be edited now."))
    return locked
