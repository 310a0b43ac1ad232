"""Addresses that scripts of other sites may read: what is public, and the same for everybody."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from common.api.headers import METHODS, preflight

EXPOSED = "Accept-Ranges, Content-Disposition, Content-Range, ETag, Retry-After, X-Ignored-Parameters, X-Row-Count"

View = Callable[..., HttpResponseBase]


def for_scripts(view: View) -> View:
    """Let scripts of all sites read whatever `view` answers, refusals too, and tell them so when they ask (OPTIONS)."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = preflight(HttpResponse(status=204))
        elif request.method in METHODS.split(", "):
            response = view(request, *args, **kwargs)
        else:
            response = HttpResponseNotAllowed(METHODS.split(", "))
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        return response

    answer.csrf_exempt = True  # nothing is ever written here: another method is refused as such, not as a form
    return answer
