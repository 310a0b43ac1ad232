"""Letters that are written anew in the moment they leave, so that they say what holds then, to whom it is for then.

The room that writes such letters gives them a kind, notes in `about` what to look up, and registers how
(docs/decisions/0022).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from outbox.models import Letter

# Returns what the letter says now, by the names of its fields; None where nobody is to get it any more.
Writer = Callable[[Letter], Mapping[str, Any] | None]

_writers: dict[str, Writer] = {}


def writes(kind: str) -> Callable[[Writer], Writer]:
    """Register the decorated function as the one that writes letters of the kind. It is called in a transaction."""

    def register(writer: Writer) -> Writer:
        if kind in _writers and _writers[kind].__module__ != writer.__module__:
            raise ValueError(f"two rooms write letters of the kind {kind}")
        _writers[kind] = writer
        return writer

    return register


@transaction.atomic
def write_anew(letter: Letter) -> bool:
    """Let the letter, which is being sent, say what holds now; False where nobody is to get it: it is deleted then.

    What a room looks up, it locks before the letter is. Raises KeyError where no room writes letters of the kind.
    """
    if not letter.kind:
        return True
    said = _writers[letter.kind](letter)
    this_try = Letter.objects.filter(pk=letter.pk, sending_since=letter.sending_since)
    if said is None:
        this_try.delete()
        return False
    for name, value in said.items():
        setattr(letter, name, value)
    return bool(this_try.update(kind=letter.kind, **said))  # none where the person has left meanwhile
