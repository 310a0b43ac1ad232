"""People to mention, for the page's script."""

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import View

from common.text import clean_line
from forum import suggesting
from forum.views.base import board_for, topic_for

BEGINNING_MAX = 30  # characters


class PeopleView(LoginRequiredMixin, View):
    """Those of the board whose names begin with `q`; also those who speak in `topic`."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        refusal = consume_or_429(request, action="suggest", limit_get=True)
        if refusal:
            return refusal
        board, number = board_for(request.user, slug), request.GET.get("topic", "")
        is_number = number.isascii() and number.isdigit() and len(number) < 19
        topic = topic_for(request.user, int(number)) if is_number else None
        beginning = clean_line(request.GET.get("q", ""))[:BEGINNING_MAX]
        same = topic if topic and topic.board_id == board.pk else None
        found = suggesting.people(beginning, board, same) if beginning else []
        answer = JsonResponse({"people": [{"handle": user.handle, "name": user.name} for user in found]})
        answer["Cache-Control"] = "private, no-store"
        return answer
