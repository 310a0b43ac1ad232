"""Writes of people, organisations and memberships."""

import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.text import slugify

from accounts import notifications, record, rules
from accounts.handles import FormerHandle
from accounts.leaving import leave  # noqa: F401 (one place for all that is written)
from accounts.models import Membership, MembershipChange, Organisation, OrganisationDecision, User
from accounts.querysets import DUPLICATE
from accounts.reserved import is_reserved
from common.text import clean_line

membership_confirmed = Signal()  # sent with `membership`, in the transaction that confirms it
membership_ended = Signal()  # of a confirmed one; sent with `membership`, in the transaction that ends it

REST = datetime.timedelta(days=7)  # after a refusal, until the person may ask again

# Anybody can have an address there, so it says nothing about who somebody works for.
PUBLIC_MAIL_DOMAINS = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com proton.me protonmail.com "
    "gmx.net gmx.de web.de mail.ru yandex.ru qq.com 163.com 126.com aol.com zoho.com".split()
)


def unused_handle(name: str) -> str:
    """Return a free handle made of `name`, 3 to 30 characters."""
    stem = slugify(name)[:24].strip("-")
    stem = stem if len(stem) >= 3 and not is_reserved(stem) else "member"
    taken = set(User.objects.filter(handle__startswith=stem).values_list("handle", flat=True))
    number = 2
    handle = stem
    while handle in taken or FormerHandle.objects.kept_from(None, handle):
        handle, number = f"{stem}-{number}", number + 1
    return handle


def request_membership(user: User, organisation: Organisation) -> Membership:
    """Ask that `user` may speak for `organisation`, and mail its confirmed members.

    A confirmed e-mail on its registered domain confirms at once. Where others refused or ended it a short while ago,
    nothing changes: see `may_ask_again`. For a merged organisation the one that was kept is asked.
    """
    organisation = organisation.kept
    with transaction.atomic():
        found, is_new = Membership.objects.get_or_create(user=user, organisation=organisation)
        membership = Membership.objects.select_for_update().get(pk=found.pk)
        is_asked = is_new or may_ask_again(membership)
        if is_asked:
            _move(membership, Membership.Status.REQUESTED, by=user)
        if membership.is_requested and _domain_vouches(membership):
            _move(membership, Membership.Status.CONFIRMED, by=None)
        elif is_asked:
            notifications.tell_members_of_request(membership)
    return membership


def may_ask_again(membership: Membership) -> bool:
    """Whether it has ended, and where others ended or refused it, whether that is REST ago."""
    if membership.is_current:
        return False
    latest = membership.changes.first()
    return latest is None or latest.by_id == membership.user_id or latest.at <= timezone.now() - REST


def confirm_membership(membership: Membership, *, by: User) -> bool:
    """Confirm what was asked for, mail the person, and return whether that changed anything.

    PermissionDenied where `by` may not.
    """
    if not rules.may_confirm_membership(by, membership):
        raise PermissionDenied
    return _answer(membership, Membership.Status.CONFIRMED, by=by, only_from=[Membership.Status.REQUESTED])


def refuse_membership(membership: Membership, *, by: User, reason: str = "") -> bool:
    """Refuse what was asked for; the person gets the reason by mail. Otherwise as `confirm_membership`."""
    if not rules.may_confirm_membership(by, membership):
        raise PermissionDenied
    asked = [Membership.Status.REQUESTED]
    return _answer(membership, Membership.Status.REFUSED, by=by, reason=reason, only_from=asked)


def end_membership(membership: Membership, *, by: User, reason: str = "") -> bool:
    """Leave, or take back the request; staff end what is confirmed. Drafts of colleagues are out of sight at once."""
    if not rules.may_end_membership(by, membership):
        raise PermissionDenied
    from_status = [Membership.Status.CONFIRMED]
    if by.pk == membership.user_id:
        from_status.append(Membership.Status.REQUESTED)
    return _answer(membership, Membership.Status.ENDED, by=by, reason=reason, only_from=from_status)


@transaction.atomic
def confirm_by_domain(*, user: User | None = None, organisation: Organisation | None = None) -> int:
    """Confirm requests that a confirmed e-mail vouches for by now; returns how many.

    Called when an address of `user` is confirmed, and when staff accept `organisation` or register its domain.
    """
    waiting = Membership.objects.requested().exclude(organisation__domain="")
    waiting = waiting.filter(user=user) if user else waiting.filter(organisation=organisation)
    vouched = [one for one in waiting.select_for_update(of=("self",)) if _domain_vouches(one)]
    for membership in vouched:
        change = _move(membership, Membership.Status.CONFIRMED, by=None)
        notifications.tell_of_change(membership, change)
    return len(vouched)


@transaction.atomic
def _answer(membership: Membership, status: str, *, by: User, reason: str = "", only_from: list[str]) -> bool:
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.status not in only_from:
        return False
    was_confirmed = locked.is_confirmed
    change = _move(locked, status, by=by, reason=clean_line(reason)[:500])
    if was_confirmed:
        membership_ended.send(Membership, membership=locked)
    if by.pk != locked.user_id:
        notifications.tell_of_change(locked, change)
    return True


def _move(membership: Membership, status: str, *, by: User | None, reason: str = "") -> MembershipChange:
    membership.status = status
    if membership.is_requested:
        membership.requested_at, membership.confirmed_at, membership.confirmed_by = timezone.now(), None, None
    if membership.is_confirmed:
        membership.confirmed_at, membership.confirmed_by = timezone.now(), by
    membership.save(update_fields=["status", "requested_at", "confirmed_at", "confirmed_by"])
    change = membership.changes.create(became=status, by=by, reason=reason)
    if status in record.OF_MEMBERSHIPS:
        record.write(record.OF_MEMBERSHIPS[status], membership.organisation, by=by, person=membership.user)
    if membership.is_confirmed:
        membership_confirmed.send(Membership, membership=membership)
    return change


def _domain_vouches(membership: Membership) -> bool:
    organisation, user = membership.organisation, membership.user
    # A domain counts only when staff have accepted the organisation: whoever proposes one could write any domain.
    if not organisation.domain or not organisation.accepted_at or organisation.domain in PUBLIC_MAIL_DOMAINS:
        return False
    # Whom people have refused or sent away, people let in again.
    against = [Membership.Status.REFUSED, Membership.Status.ENDED]
    if membership.changes.filter(became__in=against).exclude(by=user).exists():
        return False
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return any(address.lower().rpartition("@")[2] == organisation.domain for address in addresses)


def similar_organisations(name: str, country_id: str | None, limit: int = 5) -> list[Organisation]:
    """Return accepted organisations of the country (anywhere where it is None) whose name is like `name`."""
    rows = Organisation.objects.accepted().select_related("country")
    rows = rows.filter(country_id=country_id) if country_id else rows
    return list(rows.similar_to(name)[:limit]) if len(clean_line(name)) > 1 else []


def likely_duplicates(organisation: Organisation, limit: int = 5) -> list[Organisation]:
    """Return others that staff may want to merge with it: a similar name in the same country, or the same domain."""
    others = Organisation.objects.kept().exclude(pk=organisation.pk).select_related("country")
    near = others.in_same_country(organisation.country_id)
    same_domain = near.filter(domain=organisation.domain) if organisation.domain else near.none()
    found = {one.pk: one for one in [*near.similar_to(organisation.name, at_least=DUPLICATE)[:limit], *same_domain]}
    return list(found.values())[:limit]


def propose_organisation(
    name: str, stakeholder_type: str, country_id: str | None, *, by: User, accepted: bool = False
) -> Organisation:
    """Return the organisation of that name and country, made where it is missing. `by` is kept as who proposed it."""
    name = clean_line(name)[:200]
    found = Organisation.objects.filter(name__iexact=name, country_id=country_id).first()
    if found:
        return found.kept
    fields = {"stakeholder_type": stakeholder_type, "accepted_at": timezone.now() if accepted else None}
    try:
        with transaction.atomic():
            return Organisation.objects.create(name=name, country_id=country_id, proposed_by=by, **fields)
    except IntegrityError:  # somebody made it a moment ago
        return Organisation.objects.get(name__iexact=name, country_id=country_id).kept


@transaction.atomic
def accept_organisation(organisation: Organisation, *, by: User | None = None) -> bool:
    """Offer a proposed organisation to everyone from now on; return whether that changed anything.

    `by` is None where the approval of what it sent does it: that decision has a record of its own.
    """
    changed = Organisation.objects.filter(pk=organisation.pk, accepted_at=None).update(accepted_at=timezone.now())
    if changed:
        record.write(OrganisationDecision.Kind.ACCEPTED, organisation, by=by)
    if changed and organisation.domain:
        organisation.refresh_from_db(fields=["accepted_at"])
        confirm_by_domain(organisation=organisation)
    return bool(changed)


@transaction.atomic
def set_verified(organisation: Organisation, verified: bool, *, by: User) -> bool:
    """Give or take the mark of a verified organisation; return whether that changed anything."""
    rows = Organisation.objects.kept().filter(pk=organisation.pk, verified_at__isnull=verified)
    changed = rows.update(verified_at=timezone.now() if verified else None)
    if changed:
        kinds = OrganisationDecision.Kind
        record.write(kinds.VERIFIED if verified else kinds.UNVERIFIED, organisation, by=by)
    return bool(changed)
