"""Pages that are the same for every visitor: named by what they are made of, so that others may keep them for a while.

`cacheable` stands beside an address in `urls.py`. ADR 0018 says what the headers mean, and to whom.
"""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from common.caching import kept_for_a_minute
from common.context_processors import may_have_messages
from common.release import release
from initiatives.freshness import Further, State, as_of, etag_of, public_state

KEPT = (200, 301, 302, 304, 410)  # statuses that may be kept; an error is told to nobody but who asked

View = Callable[..., HttpResponse]


def cacheable(view: View, further: Callable[..., Further] | None = None) -> View:
    """Let caches keep what `view` answers to visitors, and tell them in one query that it has not changed.

    Then it may depend on nothing but the public state, the day, the language and the address; not on time, person or
    chance. `further` says what more its state is made of, by the parts of its address. Somebody who is known, or for
    whom a message waits, gets a page of their own as ever, kept by nobody.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        if may_have_messages(request):
            return _private(view(request, *args, **kwargs))
        # Before anything is read: what changes meanwhile has another name when it is asked for again.
        state = None
        if not _is_search(request):
            state = public_state(kwargs.get("reference", ""), further(**kwargs) if further else None)
        etag = page_etag(request, state) if state and state.is_there else ""
        same = etag and not _must_be_seen(request) and get_conditional_response(request, etag=etag)
        with as_of(state):
            return _public(request, same or _rendered(view(request, *args, **kwargs)), etag)

    answer.is_cacheable = True
    return answer


def page_etag(request: HttpRequest, state: State) -> str:
    """Return the name of the page as it is in this state, without making it.

    Weak: compressed or not, it is the same page.
    """
    shown = (release(), settings.DEMO, settings.SITE_NAME, settings.SITE_URL, getattr(settings, "SITE_CONTACT", ""))
    return f"W/{etag_of(state, *shown, get_language(), request.get_full_path())}"


def _is_search(request: HttpRequest) -> bool:
    """Whether words are looked for: texts to search in follow a change a little later, and no log tells when."""
    return bool(request.GET.get("q", "").strip())


def _must_be_seen(request: HttpRequest) -> bool:
    """Whether a condition concerns only a page that there is: whoever has any version, or wants a certain one."""
    wants = any(name in request.headers for name in ("If-Match", "If-Unmodified-Since"))
    return wants or request.headers.get("If-None-Match", "").strip() == "*"


def _rendered(response: HttpResponse) -> HttpResponse:
    return response.render() if hasattr(response, "render") else response


def _public(request: HttpRequest, response: HttpResponse, etag: str) -> HttpResponse:
    if response.status_code not in KEPT:
        return response
    if response.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):  # it became somebody's after all
        return _private(response)
    if response.status_code == 200 and not (etag or response.streaming):  # a file is no search, whatever is asked of it
        etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    if etag and response.status_code in (200, 304):
        response["ETag"] = etag
    kept_for_a_minute(response)
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    if not etag or response.status_code != 200:
        return response
    return get_conditional_response(request, etag=etag, response=response)


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
