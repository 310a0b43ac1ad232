"""Two rows for one organisation: everything goes to the one that is kept, and the other one leads there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ForeignObjectRel
from django.dispatch import Signal
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from accounts import record, rules
from accounts.models import Membership, MembershipChange, Organisation, OrganisationDecision, User
from accounts.services import confirm_by_domain, membership_confirmed

# Sent with `away` and `kept`, in the transaction that merges, when the rows have moved.
organisations_merged = Signal()

_BETTER = {
    Membership.Status.CONFIRMED: 3,
    Membership.Status.REQUESTED: 2,
    Membership.Status.REFUSED: 1,
    Membership.Status.ENDED: 0,
}


class MergeRefused(Exception):
    """The two cannot be merged so; the argument says why, for people to read."""


@dataclass(frozen=True)
class Moving:
    """How many rows of a kind go from one organisation to the other."""

    label: Any
    number: int


def what_moves(away: Organisation, kept: Organisation) -> list[Moving]:
    """Return what would go from `away` to `kept`: whatever refers to it, whichever room it is of."""
    rows = [Moving(capfirst(rel.related_model._meta.verbose_name_plural), _rows(rel, away).count()) for rel in _links()]
    twice = Membership.objects.filter(organisation=away, user__in=kept.memberships.values("user")).count()
    rows.append(Moving(gettext("Of these memberships, people who belong to both: the better one is kept"), twice))
    return [row for row in rows if row.number]


def gains(away: Organisation, kept: Organisation) -> dict[str, Any]:
    """Return the columns that `kept` takes from `away`, because it has none: domain, mark, being offered."""
    columns = ("domain", "website", "short_name", "verified_at", "accepted_at")
    return {name: getattr(away, name) for name in columns if getattr(away, name) and not getattr(kept, name)}


def is_doubtful(away: Organisation, kept: Organisation) -> bool:
    """Whether staff have verified both, with different domains: then they are hardly the same."""
    return away.is_verified and kept.is_verified and away.domain != kept.domain


def obstacle(away: Organisation, kept: Organisation) -> str:
    """Return in words why the two cannot be merged at all; empty where they can."""
    if away.pk == kept.pk:
        return gettext("An organisation cannot be merged with itself.")
    gone = next((one for one in (away, kept) if one.merged_into_id), None)
    return gettext("“%(name)s” was merged already.") % {"name": gone} if gone else ""


@transaction.atomic
def merge(away: Organisation, *, into: Organisation, by: User, is_sure: bool = False) -> None:
    """Move everything from `away` to `into`. Published versions stay as they were written. There is no way back.

    Raises PermissionDenied where `by` may not, and MergeRefused; what is doubtful must be said twice (`is_sure`).
    """
    if not rules.may_merge(by):
        raise PermissionDenied
    locked = Organisation.objects.select_for_update().order_by("pk").in_bulk([away.pk, into.pk])
    away, kept = locked[away.pk], locked[into.pk]
    words = obstacle(away, kept)
    if words:
        raise MergeRefused(words)
    if is_doubtful(away, kept) and not is_sure:
        raise MergeRefused(gettext("Both are verified, with different domains. Say that you are sure."))
    taken = gains(away, kept)
    _move_memberships(away, kept)
    for link in _links():
        _rows(link, away).update(**{link.field.name: kept})
    _close(away, kept, by)
    record.write(OrganisationDecision.Kind.MERGED, away, by=by, merged_into=kept)
    Organisation.objects.filter(pk=kept.pk).update(**taken)
    kept.refresh_from_db()
    for membership in kept.memberships.confirmed().select_related("user"):
        membership_confirmed.send(Membership, membership=membership)
    confirm_by_domain(organisation=kept)
    organisations_merged.send(Organisation, away=away, kept=kept)


def _links() -> Iterator[ForeignObjectRel]:
    """Everything that refers to an organisation, and not only what this room knows of; the record stays as it is."""
    for field in Organisation._meta.get_fields(include_hidden=True):
        refers = field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
        if refers and field.related_model is not OrganisationDecision:
            yield field


def _rows(link: ForeignObjectRel, organisation: Organisation):
    return link.related_model._base_manager.filter(**{link.field.name: organisation})


def _move_memberships(away: Organisation, kept: Organisation) -> None:
    """Of two memberships of one person the better one stays, with the past of both."""
    there = {one.user_id: one for one in kept.memberships.select_for_update()}
    for mine in away.memberships.select_for_update():
        other = there.get(mine.user_id)
        if other:
            better, worse = (mine, other) if _BETTER[mine.status] > _BETTER[other.status] else (other, mine)
            MembershipChange.objects.filter(membership=worse).update(membership=better)
            worse.delete()
            mine = better
        Membership.objects.filter(pk=mine.pk).update(organisation=kept)


def _close(away: Organisation, kept: Organisation, by: User) -> None:
    """Nothing waits for it and no address vouches for it any more; its name stays, and leads to the kept one."""
    now = timezone.now()
    Organisation.objects.filter(pk=away.pk).update(
        merged_into=kept,
        merged_at=now,
        merged_by=by,
        domain="",
        verified_at=None,
        accepted_at=away.accepted_at or now,
    )
