"""May this person…? Answers about roles and memberships; no queries where the person is not active."""

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from accounts.models import Membership, Organisation, User

MODERATORS, ADMINISTRATORS = "Moderator", "Administrator"
REQUESTS_MAX = 10  # of one person that nobody has answered yet


def _in_group(user, *names: str) -> bool:
    if not hasattr(user, "_group_names"):
        user._group_names = set(user.groups.values_list("name", flat=True))
    return bool(user._group_names.intersection(names))


def has_second_factor(user) -> bool:
    """Whether the person has one; in the demonstration nobody needs it. Asked once for each person and request."""
    if settings.DEMO:
        return True
    if not hasattr(user, "_has_second_factor"):
        user._has_second_factor = is_mfa_enabled(user)
    return user._has_second_factor


def _holds_role(user, *names: str) -> bool:
    return user.is_active and user.is_staff and (user.is_superuser or _in_group(user, *names))


def is_moderator(user) -> bool:
    """Moderators vet; administrators may do what moderators may. Both work in the admin, so they are staff.

    Without a second factor nobody is one, whichever page they come by.
    """
    return _holds_role(user, MODERATORS, ADMINISTRATORS) and has_second_factor(user)


def is_administrator(user) -> bool:
    return holds_administration(user) and has_second_factor(user)


def holds_administration(user) -> bool:
    """Whether the role was given, with or without a second factor to use it."""
    return _holds_role(user, ADMINISTRATORS)


def has_confirmed_email(user) -> bool:
    """Whether anything may be sent in: one confirmed address at least."""
    return user.is_authenticated and EmailAddress.objects.filter(user=user, verified=True).exists()


def is_confirmed_member(user: User, organisation: Organisation | None) -> bool:
    if organisation is None or not user.is_active or not user.is_authenticated:
        return False
    return Membership.objects.confirmed().filter(user=user, organisation=organisation).exists()


def may_confirm_membership(user: User, membership: Membership) -> bool:
    """Staff, or another confirmed member of the same organisation; the first member needs staff or the domain."""
    if user.pk == membership.user_id:
        return False
    return is_moderator(user) or is_confirmed_member(user, membership.organisation)


def may_end_membership(user: User, membership: Membership) -> bool:
    """The person, and staff."""
    return user.pk == membership.user_id or is_moderator(user)


def may_ask(user: User) -> bool:
    """Whether the person may ask to join one more organisation: not while many have not answered."""
    return has_confirmed_email(user) and Membership.objects.requested().filter(user=user).count() < REQUESTS_MAX


def may_make_anonymous(user: User, person: User) -> bool:
    """The person, and administrators; a superuser is touched by superusers only. Machines stay."""
    if person.is_system or person.left_at:
        return False
    return user.pk == person.pk or is_administrator(user) and (user.is_superuser or not person.is_superuser)


def may_merge(user: User) -> bool:
    return is_moderator(user)
