"""Letters about posts as they leave: asked again is whether the person is to be told, of what, and at which address."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from forum import letters
from forum.models import Notice
from forum.services import standing
from outbox.anew import writes
from outbox.models import Letter


@writes(letters.POST)
def post_now(letter: Letter) -> Mapping[str, Any] | None:
    user, found = _found(letter)
    return letters.of_post(user, found[0]) if user and found else None


@writes(letters.DIGEST)
def digest_now(letter: Letter) -> Mapping[str, Any] | None:
    user, found = _found(letter)
    about = letter.about
    return letters.of_digest(user, found, about["more"], is_weekly=about["weekly"]) if user and found else None


def _found(letter: Letter) -> tuple[User | None, list[Notice]]:
    """Return who is told, and of what: nothing where they want no mail. What may come back is told another time."""
    user, numbers = User.objects.filter(pk=letter.about["user"]).first(), letter.about["notices"]
    if user is None or not standing.wants_mail(user):
        return None, []
    locked = Notice.objects.filter(pk__in=numbers).order_by("pk").select_for_update()
    found = list(letters.in_order(standing.told_now(list(locked.values_list("pk", flat=True)), user)))
    standing.put_off(numbers, user)
    return user, found
