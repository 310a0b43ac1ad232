"""What moderators do with a topic from the public page: without the admin, and without script."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.rules import is_moderator
from forum import services
from forum.forms import TopicOrderForm
from forum.models import Board, Post, Topic
from forum.views.order import ModeratorView
from moderation.services import MoveRefused

MOVES = ("lock", "unlock", "pin", "unpin", "hide", "restore")


class TopicOrderView(ModeratorView):
    """Lock, pin, hide, move, merge or split a topic."""

    def dispatch(self, request: HttpRequest, *args, pk: int, **kwargs) -> HttpResponse:
        """What was meant for a topic does not happen to the one that took it in meanwhile."""
        merged = Topic.objects.filter(pk=pk, status=Topic.Status.MERGED).select_related("merged_into").first()
        if merged is None or not request.user.is_authenticated or not is_moderator(request.user):
            return super().dispatch(request, *args, pk=pk, **kwargs)
        if request.method == "POST":
            said = _("Nothing was done: “%(topic)s” has been merged into “%(into)s” meanwhile. This is its page.")
            messages.error(request, said % {"topic": merged.title, "into": merged.merged_into.title})
        return redirect("forum:topic_order", merged.merged_into_id)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        topic = self.found(pk)
        return self.draw(request, topic, self.form(request, topic))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        topic = self.found(pk)
        form = self.form(request, topic, request.POST)
        if not form.is_valid():
            return self.draw(request, topic, form)
        act = self.acts.get(request.POST.get("move", ""))
        try:
            goes_to = act(self, request, topic, form.cleaned_data) if act else self.moved(request, topic, form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.draw(request, topic, form)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
            return self.draw(request, self.found(pk), form)
        return redirect(goes_to) if goes_to else self.draw(request, topic, form)

    def found(self, pk: int) -> Topic:
        return get_object_or_404(Topic.objects.select_related("board", "author"), pk=pk)

    def form(self, request: HttpRequest, topic: Topic, data=None) -> TopicOrderForm:
        return TopicOrderForm(data, boards=Board.objects.visible_to(request.user).exclude(pk=topic.board_id))

    def moved(self, request: HttpRequest, topic: Topic, form: TopicOrderForm):
        if not self.tried(request, topic, MOVES, form):
            return None
        return topic.board if topic.status == Topic.Status.HIDDEN else topic

    def to_board(self, request: HttpRequest, topic: Topic, said: dict):
        if said["board"] is None:
            raise ValidationError({"board": _("Choose a board.")})
        services.move(topic, said["board"], by=request.user, public_reason=said["public_reason"])
        messages.success(request, _("The topic is on this board now."))
        return topic

    def into_topic(self, request: HttpRequest, topic: Topic, said: dict):
        into = Topic.objects.filter(pk=said["into"] or 0).first()
        if into is None:
            raise ValidationError({"into": _("There is no such topic.")})
        services.merge(topic, into, by=request.user, public_reason=said["public_reason"])
        messages.success(request, _("The posts stand behind those of this topic now."))
        return into

    def split_off(self, request: HttpRequest, topic: Topic, said: dict):
        if not said["title"]:
            raise ValidationError({"title": _("Give the new topic a title.")})
        posts = Post.objects.filter(topic=topic, number__in=said["posts"])
        made = services.split(topic, posts, title=said["title"], by=request.user, public_reason=said["public_reason"])
        messages.success(request, _("This is the new topic."))
        return made

    acts: dict[str, Callable] = {"move": to_board, "merge": into_topic, "split": split_off}

    def draw(self, request: HttpRequest, topic: Topic, form: TopicOrderForm) -> HttpResponse:
        done = {"pin" if topic.is_pinned else "unpin"}
        moves = [move for move in topic.workflow.open_to(request.user, topic) if move.name not in done]
        context = {"topic": topic, "form": form, "moves": [move for move in moves if move.name in MOVES]}
        return render(
            request, "forum/topic_order.html", {**context, "acts": {move.name for move in moves} & {*self.acts}}
        )
