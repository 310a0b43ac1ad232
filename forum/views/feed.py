"""Feeds of the forum. Who has one already is told so after one query of its state."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View

from common.caching import kept_for_a_minute
from common.scripts import for_scripts
from common.text import clean_line
from forum import feeds, freshness
from forum.models import Board, Topic
from forum.views.base import topic_for
from initiatives.freshness import Further, etag_of, public_state

FORM = 2  # to be raised when feeds change their form, so that nobody keeps the old one


@method_decorator(for_scripts, name="dispatch")
class FeedView(View):
    """The newest posts of the whole forum."""

    state: Callable[..., Further] = staticmethod(freshness.forum)

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        state = public_state("", self.state(**kwargs))
        if not state.is_there:
            return self.elsewhere(**kwargs)
        etag = etag_of(state, FORM, get_language(), request.path)
        response = get_conditional_response(request, etag=etag)
        if response is None:
            body = render_to_string("forum/feed.xml", self.context(**kwargs))
            response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
        response["ETag"] = etag
        return kept_for_a_minute(response)

    def context(self) -> dict[str, Any]:
        return feeds.of_forum()

    def elsewhere(self, **kwargs) -> HttpResponse:
        """Lead to where the feed is now; Http404 where it is nowhere."""
        raise Http404


class BoardFeedView(FeedView):
    """Those of a board."""

    state = staticmethod(freshness.board)

    def context(self, slug: str) -> dict[str, Any]:
        return feeds.of_board(get_object_or_404(Board.objects.public(), slug=clean_line(slug)))


class TopicFeedView(FeedView):
    """Those of a topic."""

    state = staticmethod(freshness.topic)

    def context(self, pk: int) -> dict[str, Any]:
        return feeds.of_topic(get_object_or_404(Topic.objects.public(), pk=pk))

    def elsewhere(self, pk: int) -> HttpResponse:
        into = topic_for(AnonymousUser(), pk)
        return HttpResponsePermanentRedirect(reverse("forum:topic_feed", args=[into.pk]))
