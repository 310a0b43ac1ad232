"""What stands between a request and the rooms."""

import logging

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import cached_property

logger = logging.getLogger(__name__)

AWAY = {"Retry-After": "30", "Cache-Control": "no-store"}  # seconds


class DatabaseAwayMiddleware:
    """While the database is away, say so in words (503, try again) instead of failing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return self.process_exception(request, error)

    def process_exception(self, request, exception):
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("database away: %s", type(exception).__name__)
        return HttpResponse(render_to_string("503.html"), status=503, headers=AWAY)


class PolicyMiddleware(CSPMiddleware):
    """The Content-Security-Policy, written once for all pages that ask for none of their own.

    To write it anew was an eighth of what it costs to say that a page has not changed.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if getattr(request, "_csp_nonce", None) or any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.usual)
        return response

    @cached_property
    def usual(self) -> str:
        return build_policy()


class VaryOnCookieMiddleware:
    """The header of every page says who is signed in: no cache may hand one person's page to another."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response


class PrivatePagesMiddleware:
    """A page drawn for somebody who has signed in, or is about to, is theirs: nobody keeps it, and no button shows it.

    Nobody keeps an error either, for it may be over soon. What says itself how it may be kept is left alone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            if request.session.accessed and not request.session.is_empty():
                patch_cache_control(response, private=True, no_store=True)
            elif response.status_code >= 400:
                patch_cache_control(response, no_store=True)
        return response
