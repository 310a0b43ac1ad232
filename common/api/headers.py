"""Headers that every answer of the API bears: any site may read it, and no search engine keeps it."""

from django.http import HttpResponseBase
from django.utils.cache import patch_vary_headers

EXPOSED = "ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After"  # to scripts of other sites
ASKED_WITH = "Accept, If-None-Match, If-Modified-Since"  # headers that such scripts may send
METHODS = "GET, HEAD, OPTIONS"
PREFLIGHT_FOR = 86_400  # seconds in which a browser need not ask again


def for_everybody(answer: HttpResponseBase) -> HttpResponseBase:
    """Return the answer with these headers. What is public needs no credentials, so none are allowed."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = EXPOSED
    answer["X-Robots-Tag"] = "noindex"
    patch_vary_headers(answer, ["Accept", "Accept-Encoding"])
    return answer


def preflight(answer: HttpResponseBase) -> HttpResponseBase:
    """Return the answer to a browser that asks whether a script of another site may ask."""
    answer["Allow"] = answer["Access-Control-Allow-Methods"] = METHODS
    answer["Access-Control-Allow-Headers"] = ASKED_WITH
    answer["Access-Control-Max-Age"] = str(PREFLIGHT_FOR)
    return answer
