"""What stands between a request and the rooms."""

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers

logger = logging.getLogger(__name__)


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
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})


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

    What says itself how it may be kept, e.g. data for everybody, is left alone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        known = request.session.accessed and not request.session.is_empty()
        if known and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response
