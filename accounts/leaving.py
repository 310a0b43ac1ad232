"""People who leave: their row stays, because decisions refer to it, and says nothing of them any more."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext

from accounts import handles, rules
from accounts.models import Membership, User
from outbox.models import Letter

# Sent with `user` (still named), `addresses` (theirs, in small letters) and `new_name`, in the transaction that makes
# the row anonymous: rooms above forget what they know.
left = Signal()


class LastAdministrator(Exception):
    """Nobody would be left who can give roles."""


def is_last_administrator(user: User) -> bool:
    """Whether no other person could do what this administrator does."""
    others = User.objects.filter(is_active=True, is_staff=True, is_system=False).exclude(pk=user.pk)
    others = others.filter(Q(is_superuser=True) | Q(groups__name=rules.ADMINISTRATORS))
    return rules.holds_administration(user) and not others.exists()


@transaction.atomic
def leave(user: User, *, by: User | None = None) -> None:
    """Make the person's row anonymous, for ever. What they decided keeps the name it was done under, as text.

    Gone are: sessions, addresses, second factors, memberships, roles, letters to them, and what rooms above forget.
    Raises PermissionDenied where `by` (the person where None) may not, LastAdministrator where nobody would remain.
    """
    if not rules.may_make_anonymous(by or user, user):
        raise PermissionDenied
    list(
        Group.objects.select_for_update().filter(name=rules.ADMINISTRATORS)
    )  # two who leave at once: one after another
    if is_last_administrator(user):
        raise LastAdministrator
    addresses = _addresses(user)
    name, new_name = user.name, gettext("former member")
    left.send(User, user=user, addresses=addresses, new_name=new_name)
    Letter.objects.filter(_any_of("recipient", addresses)).delete()
    for about in (EmailAddress, Authenticator, Membership):
        about._default_manager.filter(user=user).delete()
    _forget_in_log(user, [*addresses, name], new_name)
    _become_nobody(user, new_name)
    handles.forget(user)
    _end_sessions(user, addresses)


def _addresses(user: User) -> list[str]:
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return sorted({user.email.lower(), *(address.lower() for address in known)})


def _any_of(column: str, addresses: list[str]) -> Q:
    found = Q()
    for address in addresses:
        found |= Q(**{f"{column}__iexact": address})
    return found


def _become_nobody(user: User, new_name: str) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    user.handle = handles.of_who_left(user)
    user.email, user.name = f"{user.handle}@left.invalid", new_name
    user.is_active = user.is_staff = user.is_superuser = False
    user.left_at, user.last_login = timezone.now(), None
    user.set_unusable_password()
    user.save()


def _forget_in_log(user: User, words: list[str], new_name: str) -> None:
    """The admin's own log names what was changed: people, addresses, memberships."""
    kinds = ContentType.objects.get_for_models(User, EmailAddress, Authenticator, Membership).values()
    named = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    for word in words:
        named |= Q(object_repr__icontains=word)
    LogEntry.objects.filter(named, content_type__in=kinds).update(object_repr=new_name)


def _end_sessions(user: User, addresses: list[str]) -> None:
    """A session is found by reading it: those of this person, and those in which an address of theirs was typed."""
    for session in Session.objects.iterator():
        kept = session.get_decoded()
        text = str(kept).lower()
        if kept.get("_auth_user_id") == str(user.pk) or any(address in text for address in addresses):
            session.delete()
