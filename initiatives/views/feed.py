"""Feeds of what is public, for whoever wants to be told."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language
from django.views import View

from common.caching import kept_for_a_minute
from common.scripts import for_scripts
from initiatives.feeds import Feed
from initiatives.filters import InitiativeFilter
from initiatives.freshness import etag_of, public_state
from initiatives.views.exports import with_left_out

FORM = 2  # to be raised when the feed changes its form, so that nobody keeps the old one
PAGES = 200  # as far as the list counts


@method_decorator(for_scripts, name="dispatch")
class InitiativeFeedView(View):
    """The Atom feed of the filters in the address. Who has it already is told so after one query of the state."""

    def get(self, request: HttpRequest) -> HttpResponse:
        feed = Feed(InitiativeFilter(request.GET), page_number(request.GET.get("page", "")))
        response = self.searched(request, feed) if "q" in feed.found.chosen else self.listed(request, feed)
        return kept_for_a_minute(with_left_out(response, feed.found))

    def listed(self, request: HttpRequest, feed: Feed) -> HttpResponse:
        state = public_state()
        etag = etag_of(state, FORM, get_language(), feed.query, feed.left_out, feed.page)
        since = int(state.since.timestamp()) if state.since else None
        response = get_conditional_response(request, etag=etag, last_modified=since)
        if response is None:
            response = self.render(feed)
        response["ETag"] = etag
        if since:
            response["Last-Modified"] = http_date(since)
        return response

    def searched(self, request: HttpRequest, feed: Feed) -> HttpResponse:
        """The feed of a search. What is searched follows a change a little later, so the answer itself is compared."""
        response = self.render(feed)
        etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response)

    def render(self, feed: Feed) -> HttpResponse:
        body = render_to_string("initiatives/feed.xml", feed.context())
        return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def page_number(text: str) -> int:
    """Return the page that `?page=` asks for; the first where it is none."""
    return min(int(text), PAGES) if text.isascii() and text.isdecimal() and 0 < len(text) < 5 and int(text) else 1
