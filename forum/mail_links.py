"""The signed address in letters of the forum: whoever has it may say how the person is mailed, and nothing else.

It never expires: a letter may be unsubscribed from as long as somebody keeps it.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User

_SALT = "forum.mail"


def url_for(user: User) -> str:
    """Return the address, in full."""
    token = signing.dumps(user.pk, salt=_SALT)
    return settings.SITE_URL + reverse("forum:mail", args=[token])


def person_of(token: str) -> User | None:
    """Return whose letters they are; None where we did not sign that, or the person has left."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return User.objects.filter(pk=pk, is_active=True, left_at=None).first() if isinstance(pk, int) else None


def masked(address: str) -> str:
    """Return enough of an address for its owner to know it by: `a•••@r•••.example`."""
    local, _at, domain = address.partition("@")
    return f"{local[:1]}•••@{domain[:1]}•••.{domain.rpartition('.')[2]}"
