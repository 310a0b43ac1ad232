"""Mails about memberships: each in the language of who gets it, once, after commit."""

from collections.abc import Iterable

from django.conf import settings
from django.shortcuts import resolve_url
from django.utils import timezone

from accounts.models import Membership, MembershipChange, User
from outbox.services import send_later


def tell_members_of_request(membership: Membership) -> None:
    """Ask the confirmed members: each hears of an organisation's requests once a day at most."""
    organisation, today = membership.organisation, timezone.localdate()
    confirmed = organisation.memberships.confirmed().exclude(user=membership.user_id).select_related("user")
    for person in _reachable(one.user for one in confirmed):
        context = _context(membership) | {"who": membership.user.name}
        occasion = f"membership-asked-{organisation.pk}-{person.pk}-{today}"
        send_later("accounts/mail/membership_requested.txt", context, to=person, occasion=occasion)


def tell_of_change(membership: Membership, change: MembershipChange) -> None:
    """Tell the person what others decided."""
    for person in _reachable([membership.user]):
        context = _context(membership) | {"reason": change.reason, "by_domain": change.by_id is None}
        template = f"accounts/mail/membership_{change.became}.txt"
        send_later(template, context, to=person, occasion=f"membership-{change.pk}")


def _reachable(people: Iterable[User]) -> list[User]:
    return [person for person in people if person.is_active and not person.is_system]


def _context(membership: Membership) -> dict[str, str]:
    url = settings.SITE_URL + resolve_url(settings.LOGIN_REDIRECT_URL)
    return {"organisation": membership.organisation.name, "my_url": url}
