"""What is new: the way to it, and the button that says that all of it is read."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from forum import services, unread
from forum.views.base import address_of, board_for, topic_for


class UnreadView(View):
    """Lead to the first post that is new to the reader; where none is, to the last one."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        topic = topic_for(request.user, pk)
        if not request.user.is_authenticated or topic.last_post is None:
            return redirect(topic)
        post = unread.first_new(topic, request.user) or topic.last_post
        post.topic = topic
        return redirect(address_of(post))


class BoardReadView(LoginRequiredMixin, View):
    """Say that all on a board is read."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return redirect(board_for(request.user, slug))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        board = board_for(request.user, slug)
        services.read_all(board, by=request.user)
        messages.success(request, _("Nothing on this board is new to you now."))
        return redirect(board)
