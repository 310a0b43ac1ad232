"""What everybody reads."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.views import View
from django.views.generic import TemplateView

from accounts.rules import is_moderator
from forum import listing, quoting, reading, rules, services, silences, unread
from forum.forms import ReplyForm
from forum.models import Board, Draft, Topic
from forum.services import drafts
from forum.services.following import follows
from forum.views import drafting
from forum.views.base import address_of, board_for, page_asked_for, post_for, topic_for
from forum.vocabulary import SHELVES, BoardKind
from initiatives.exports.about import address

NEWEST = 10  # topics on the page of all boards


class IndexView(TemplateView):
    """The boards, and the topics in which something was said last."""

    template_name = "forum/index.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        reader = self.request.user
        boards = list(Board.objects.visible_to(reader))
        unread.look_at_boards(boards, reader)
        newest = listing.newest(boards, NEWEST)
        unread.count(newest, reader)
        shelves = [
            (label, [board for kind in kinds for board in boards if board.kind == kind])
            for label, kinds in SHELVES.items()
        ]
        open_to_all = (board for board in boards if board.kind == BoardKind.PEERS and not board.is_closed)
        context = {"shelves": shelves, "newest": newest, "ask_at": next(open_to_all, None)}
        return super().get_context_data(canonical=address("forum:index"), **context, **kwargs)


class BoardView(TemplateView):
    """The topics of a board by activity, the pinned first."""

    template_name = "forum/board.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        board = board_for(self.request.user, self.kwargs["slug"])
        page = listing.page_of(board, self.request.GET)
        unread.count(page.topics, self.request.user)
        may_begin = rules.may_begin(self.request.user, board)
        return super().get_context_data(
            board=board,
            canonical=settings.SITE_URL + board.get_absolute_url(),
            noindex=board.is_private or bool({"after", "before"} & self.request.GET.keys()),
            page=page,
            keeps_order=is_moderator(self.request.user),
            may_begin=may_begin,
            waiting=reading.waiting_on(board, self.request.user),
            follows=follows(self.request.user, board=board),
            silence=None if may_begin or board.is_closed or board.is_announcements else silences.of(self.request.user),
            **kwargs,
        )


class TopicView(View):
    """A topic; a wrong slug, and one that was merged, lead on."""

    def get(self, request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
        topic = topic_for(request.user, pk)
        if (pk, slug) != (topic.pk, topic.slug):
            page = page_asked_for(request.GET) if pk == topic.pk else 1  # numbers are others after a merge
            return HttpResponsePermanentRedirect(topic.address_of(page))
        return draw_topic(request, topic)


def draw_topic(request: HttpRequest, topic: Topic, form: ReplyForm | None = None, **more) -> HttpResponse:
    """Return the page of the topic that the address asks for, with the form to reply in where one may."""
    number = page_asked_for(request.GET)
    keeps_order = is_moderator(request.user)
    page = reading.page_of(topic, topic.pages if form else number, user=request.user, keeps_order=keeps_order)
    if request.user.is_authenticated and unread.is_reading(request):
        services.read(topic, page.read_up_to, by=request.user)
    may_reply = rules.may_reply(request.user, topic)
    context = {"topic": topic, "page": page, "may_reply": may_reply, **more}
    if may_reply:
        context["draft"] = drafts.of(request.user, topic)
        context["form"] = form or reply_form(request, topic, context["draft"])
    elif topic.is_listed and not topic.is_locked:
        context["silence"] = silences.of(request.user)
    context["follows"] = follows(request.user, topic=topic)
    context |= {"beginning": page.beginning, "canonical": settings.SITE_URL + topic.address_of(page.number)}
    context["keeps_order"] = keeps_order
    context["may_solve"] = rules.may_mark_solution(request.user, topic)
    return render(request, "forum/topic.html", context)


def reply_form(request: HttpRequest, topic: Topic, draft: Draft | None) -> ReplyForm:
    """Return the form to reply in: with the draft, and the post that the address asks to quote."""
    started = drafting.started(draft)
    post = quoting.asked_for(topic, request.GET.get("quote", ""))
    if post:
        earlier = f"{draft.body}\n\n" if draft else ""
        quoted = quoting.quoted(post)
        started |= {"body": earlier + quoted, "quoted": quoted, "reply_to": str(post.pk)}
    return ReplyForm(initial=started)


class PostView(View):
    """The lasting address of a post: leads to its topic and page as they are now."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect(address_of(post_for(request.user, pk)))
