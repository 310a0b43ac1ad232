"""What the map's addresses for machines have in common: anybody may keep the answer, and ask again by its ETag."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from common.caching import kept_for_a_minute

FRAGMENT = "X-Fragment"  # the header by which the page's own script asks for a part of a page


def kept_by_anybody(request: HttpRequest, content: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer 304 where the reader has what is made of `content`, else with `answer`, which is asked only then."""
    etag = quote_etag(hashlib.sha256(content.encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag) or answer()
    if response.status_code in (200, 304):
        response["ETag"] = etag
        kept_for_a_minute(response)
        response["Access-Control-Allow-Origin"] = "*"  # public, and the same for everybody
    return response
