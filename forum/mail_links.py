"""Signed addresses in letters of the forum: whoever has one may say how the person is mailed, and nothing else.

It does not expire, for letters are kept; it ends when the person has another address: whoever has the old mailbox then
has nothing to do with them. The signature is made with the address, which the link does not tell.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from forum.models import Topic

NUMBER_MAX = 18  # digits
_SALT, _TOPIC = "forum.mail", "forum.mail.topic"


def url_for(user: User) -> str:
    """Return the address, in full."""
    return settings.SITE_URL + reverse("forum:mail", args=[_signer(user).sign(user.pk)])


def topic_url_for(user: User, topic: Topic) -> str:
    """Return the address by which letters about this topic alone are ended, in full."""
    return settings.SITE_URL + reverse("forum:mail_topic", args=[_signer(user, _TOPIC).sign(f"{user.pk}-{topic.pk}")])


def person_of(token: str) -> User | None:
    """Return whose letters they are; None where we did not sign that, or the person has left or another address."""
    return _signed_for(token.partition(":")[0], token, _SALT)


def person_and_topic(token: str) -> tuple[User, int] | None:
    """Return the same for a topic's address, and the number of the topic."""
    pk, _dash, topic = token.partition(":")[0].partition("-")
    person = _signed_for(pk, token, _TOPIC)
    return (person, int(topic)) if person else None


def _signed_for(pk: str, token: str, salt: str) -> User | None:
    if not (pk.isascii() and pk.isdigit() and len(pk) <= NUMBER_MAX):
        return None
    person = User.objects.filter(pk=pk, is_active=True, left_at=None).first()
    try:
        return person if person and _signer(person, salt).unsign(token) else None
    except signing.BadSignature:
        return None


def _signer(user: User, salt: str = _SALT) -> signing.Signer:
    return signing.Signer(salt=f"{salt}:{user.email.lower()}")


def masked(address: str) -> str:
    """Return enough of an address for its owner to know it by: `a•••@r•••.example`."""
    local, _at, domain = address.partition("@")
    return f"{local[:1]}•••@{domain[:1]}•••.{domain.rpartition('.')[2]}"
