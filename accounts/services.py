"""Writes of people, organisations and memberships."""

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.models import Membership, Organisation, User
from common.text import clean_line

membership_confirmed = Signal()  # sent with `membership`, in the transaction that confirms it

# Anybody can have an address there, so it says nothing about who somebody works for.
PUBLIC_MAIL_DOMAINS = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com proton.me protonmail.com "
    "gmx.net gmx.de web.de mail.ru yandex.ru qq.com 163.com 126.com aol.com zoho.com".split()
)


def unused_handle(name: str) -> str:
    """Return a free handle made of `name`, 3 to 30 characters."""
    stem = slugify(name)[:24].strip("-")
    stem = stem if len(stem) >= 3 else "member"
    taken = set(User.objects.filter(handle__startswith=stem).values_list("handle", flat=True))
    number = 2
    handle = stem
    while handle in taken:
        handle, number = f"{stem}-{number}", number + 1
    return handle


def request_membership(user: User, organisation: Organisation) -> Membership:
    """Ask that `user` may speak for `organisation`; a confirmed e-mail on its registered domain confirms at once."""
    membership, _created = Membership.objects.get_or_create(user=user, organisation=organisation)
    if not membership.is_confirmed and _confirmed_on_domain(user, organisation):
        _confirm(membership, by=None)
    return membership


def confirm_membership(membership: Membership, *, by: User) -> bool:
    """Confirm the membership and return whether that changed anything; PermissionDenied where `by` may not."""
    if not rules.may_confirm_membership(by, membership):
        raise PermissionDenied
    with transaction.atomic():
        locked = Membership.objects.select_for_update().get(pk=membership.pk)
        if locked.is_confirmed:
            return False
        _confirm(locked, by=by)
    return True


def _confirm(membership: Membership, *, by: User | None) -> None:
    membership.status = Membership.Status.CONFIRMED
    membership.confirmed_at, membership.confirmed_by = timezone.now(), by
    membership.save(update_fields=["status", "confirmed_at", "confirmed_by"])
    membership_confirmed.send(Membership, membership=membership)


def _confirmed_on_domain(user: User, organisation: Organisation) -> bool:
    # A domain counts only when staff have accepted the organisation: whoever proposes one could write any domain.
    if not organisation.domain or not organisation.accepted_at or organisation.domain in PUBLIC_MAIL_DOMAINS:
        return False
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return any(address.lower().rpartition("@")[2] == organisation.domain for address in addresses)


def propose_organisation(
    name: str, stakeholder_type: str, country_id: str | None, *, by: User, accepted: bool = False
) -> Organisation:
    """Return the organisation of that name and country, made where it is missing. `by` is kept as who proposed it."""
    name = clean_line(name)[:200]
    found = Organisation.objects.filter(name__iexact=name, country_id=country_id).first()
    if found:
        return found
    fields = {"stakeholder_type": stakeholder_type, "accepted_at": timezone.now() if accepted else None}
    try:
        with transaction.atomic():
            return Organisation.objects.create(name=name, country_id=country_id, proposed_by=by, **fields)
    except IntegrityError:  # somebody made it a moment ago
        return Organisation.objects.get(name__iexact=name, country_id=country_id)


def accept_organisation(organisation: Organisation) -> bool:
    """Offer a proposed organisation to everyone from now on; return whether that changed anything."""
    changed = Organisation.objects.filter(pk=organisation.pk, accepted_at=None).update(accepted_at=timezone.now())
    return bool(changed)


def set_verified(organisation: Organisation, verified: bool) -> bool:
    """Give or take the mark of a verified organisation; return whether that changed anything."""
    rows = Organisation.objects.filter(pk=organisation.pk, verified_at__isnull=verified)
    return bool(rows.update(verified_at=timezone.now() if verified else None))


@transaction.atomic
def leave(user: User) -> None:
    """Make the person's row anonymous. What they decided keeps the name it was done under, as text."""
    EmailAddress.objects.filter(user=user).delete()
    Membership.objects.filter(user=user).delete()
    user.groups.clear()
    user.email, user.handle, user.name = f"left-{user.pk}@left.invalid", f"left-{user.pk}", str(_("former member"))
    user.is_active = user.is_staff = user.is_superuser = False
    user.left_at = timezone.now()
    user.set_unusable_password()
    user.save()
