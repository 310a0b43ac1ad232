"""Flags of members, and what moderators do from the public page: without the admin, and without script."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.rules import is_moderator
from forum import rules, services
from forum.forms import FlagForm, OrderForm, TopicOrderForm
from forum.models import Board, Post, Topic
from forum.views.base import address_of, topic_for
from forum.views.writing import MemberView, own_post
from moderation.attempts import attempt
from moderation.models import Moderated

POST_MOVES = ("approve", "reject", "mark_as_spam", "hide", "restore", "dismiss_flags", "uphold_flags")
TOPIC_MOVES = ("lock", "unlock", "pin", "unpin", "hide", "restore")


class FlagView(MemberView):
    """Say that something is wrong with a post."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.draw(request, own_post(request, pk, rules.may_flag), FlagForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = own_post(request, pk, rules.may_flag)
        form = FlagForm(request.POST)
        if not form.is_valid():
            return self.draw(request, post, form)
        services.flag(post, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. A moderator will look at the post."))
        return redirect(post.topic)

    def draw(self, request: HttpRequest, post: Post, form: FlagForm) -> HttpResponse:
        return render(request, "forum/post_flag.html", {"post": post, "form": form})


class ModeratorView(MemberView):
    """A page that moderators alone find."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not is_moderator(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def tried(self, request: HttpRequest, subject: Moderated, names: tuple[str, ...], form: OrderForm) -> bool:
        """Make the move that the button names and say what came of it; return whether it was made."""
        move = subject.workflow.moves.get(request.POST.get("move", ""))
        if move is None or move.name not in names:
            raise PermissionDenied
        seen, reason = request.POST.get("seen", ""), form.cleaned_data["public_reason"]
        made = attempt(subject, move, by=request.user, hint=lambda user, about: "", public_reason=reason, seen=seen)
        if made.error:
            form.add_error(None, made.error)
        else:
            (messages.success if made.done else messages.error)(request, made.words)
        return made.done


class PostOrderView(ModeratorView):
    """Decide on a post."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.draw(request, self.found(pk), OrderForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        post, form = self.found(pk), OrderForm(request.POST)
        if form.is_valid() and self.tried(request, post, POST_MOVES, form):
            there = post.topic.opened_at is not None and post.topic.status != Topic.Status.HIDDEN
            return redirect(address_of(post) if there and post.number else post.topic.board)
        return self.draw(request, post, form)

    def found(self, pk: int) -> Post:
        return get_object_or_404(Post.objects.select_related("topic__board", "author"), pk=pk)

    def draw(self, request: HttpRequest, post: Post, form: OrderForm) -> HttpResponse:
        moves = [move for move in post.workflow.open_to(request.user, post) if move.name in POST_MOVES]
        context = {"post": post, "form": form, "moves": moves, "flags": post.flags.select_related("by")}
        return render(request, "forum/post_order.html", {**context, "edition": post.workflow.edition(post)})


class TopicOrderView(ModeratorView):
    """Lock, pin, hide, move, merge or split a topic."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        topic = self.found(request, pk)
        return self.draw(request, topic, self.form(request, topic))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        topic = self.found(request, pk)
        form = self.form(request, topic, request.POST)
        if not form.is_valid():
            return self.draw(request, topic, form)
        act = self.acts.get(request.POST.get("move", ""))
        try:
            goes_to = act(self, request, topic, form.cleaned_data) if act else self.moved(request, topic, form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.draw(request, topic, form)
        return redirect(goes_to) if goes_to else self.draw(request, topic, form)

    def found(self, request: HttpRequest, pk: int) -> Topic:
        hidden = Topic.objects.filter(pk=pk, status=Topic.Status.HIDDEN).select_related("board", "author").first()
        return hidden or topic_for(request.user, pk)

    def form(self, request: HttpRequest, topic: Topic, data=None) -> TopicOrderForm:
        return TopicOrderForm(data, boards=Board.objects.visible_to(request.user).exclude(pk=topic.board_id))

    def moved(self, request: HttpRequest, topic: Topic, form: TopicOrderForm):
        if not self.tried(request, topic, TOPIC_MOVES, form):
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
        moves = [move for move in topic.workflow.open_to(request.user, topic) if move.name in {*TOPIC_MOVES} - done]
        return render(request, "forum/topic_order.html", {"topic": topic, "form": form, "moves": moves})
