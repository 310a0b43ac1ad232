"""What answers that are the same for everybody say about being kept. ADR 0018 says why."""

from typing import TypeVar

from django.http import HttpResponseBase
from django.utils.cache import patch_cache_control

SHARED_FOR = 60  # seconds in which a shared cache need not ask again: as long as a publication may take to show
WHILE_AWAY = 600  # seconds for which it may show what it has while the portal only fails

Answer = TypeVar("Answer", bound=HttpResponseBase)


def kept_for_a_minute(response: Answer) -> Answer:
    """Return the answer, which caches may share for a minute; browsers ask each time, or theirs would come on top."""
    patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_FOR, stale_if_error=WHILE_AWAY)
    return response
