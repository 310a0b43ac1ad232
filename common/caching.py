"""What answers that are the same for everybody say about being kept. ADR 0018 says why."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

SHARED_FOR = 60  # seconds in which a shared cache need not ask again: as long as a publication may take to show
WHILE_AWAY = 600  # seconds for which it may show what it has while the portal only fails

Answer = TypeVar("Answer", bound=HttpResponseBase)


def kept_for_a_minute(response: Answer) -> Answer:
    """Return the answer, which caches may share for a minute; browsers ask each time, or theirs would come on top."""
    patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_FOR, stale_if_error=WHILE_AWAY)
    return response


def kept_by_anybody(request: HttpRequest, content: str, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer 304 where the reader has what is made of `content`, else with `answer`, which is asked only then."""
    etag = quote_etag(hashlib.sha256(content.encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag) or answer()
    if response.status_code in (200, 304):
        response["ETag"] = etag
        kept_for_a_minute(response)
        response["Access-Control-Allow-Origin"] = "*"  # public, and the same for everybody
    return response
