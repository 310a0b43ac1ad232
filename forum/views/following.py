"""Buttons that follow, and how the forum mails a member, on their own page. By a letter: `forum.views.signed`."""

from typing import Any

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import User
from forum import services
from forum.forms import MailForm
from forum.models import Board, Follow, Topic
from forum.querysets import SHOWN_TOPICS
from forum.services.following import mail_settings
from forum.views.base import board_for, page_asked_for, topic_for

FOLLOWED_MAX = 100  # lines on the page of one's own


class LimitedView(LoginRequiredMixin, View):
    """A page for people who have signed in; what is sent counts against the limit of such choices."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        is_sent = request.user.is_authenticated and request.method == "POST"
        refusal = consume_or_429(request, action="follow") if is_sent else None
        return refusal or super().dispatch(request, *args, **kwargs)


class FollowView(LimitedView):
    """Follow a topic, or follow it no more."""

    def get(self, request: HttpRequest, **which) -> HttpResponse:
        return redirect(self.thing(request, **which))

    def post(self, request: HttpRequest, **which) -> HttpResponse:
        thing, on = self.thing(request, **which), request.POST.get("on", "yes") != "no"
        services.follow(thing, by=request.user, on=on)
        messages.success(request, _("You follow this now.") if on else _("You follow this no more."))
        return redirect(thing.address_of(page_asked_for(request.POST)) if isinstance(thing, Topic) else thing)

    def thing(self, request: HttpRequest, pk: int) -> Topic | Board:
        return topic_for(request.user, pk)


class BoardFollowView(FollowView):
    """Follow a board, or follow it no more."""

    def thing(self, request: HttpRequest, slug: str) -> Topic | Board:
        return board_for(request.user, slug)


class SettingsView(LimitedView):
    """How the forum mails me, and what I follow."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.draw(request, MailForm(initial=chosen(request.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = MailForm(request.POST)
        if not form.is_valid():
            return self.draw(request, form)
        services.choose_mail(request.user, **form.said)
        messages.success(request, _("Saved."))
        return redirect("forum:settings")

    def draw(self, request: HttpRequest, form: MailForm) -> HttpResponse:
        return render(request, "forum/settings.html", {"form": form, "followed": followed_by(request.user)})


def chosen(person: User) -> dict[str, Any]:
    """Return what the form begins with."""
    settings = mail_settings(person)
    return {"mail": settings.mail, "follows_own": settings.follows_own}


def followed_by(user: User) -> list[Topic | Board]:
    """Return the boards and topics that the person follows and may read, the last followed first. One query."""
    boards = Board.objects.visible_to(user)
    rows = Follow.objects.filter(user=user, is_on=True).select_related("topic__board", "board")
    listed = Q(topic__status__in=SHOWN_TOPICS, topic__opened_at__isnull=False, topic__board__in=boards)
    return [row.topic or row.board for row in rows.filter(Q(board__in=boards) | listed).order_by("-pk")[:FOLLOWED_MAX]]
