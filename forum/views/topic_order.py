"""What moderators do with a topic from the public page: without the admin, and without script."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.rules import is_moderator
from forum import choosing, rules, services
from forum.forms import TopicOrderForm
from forum.models import Board, Post, Topic
from forum.plans import Plan
from forum.views.order import ModeratorView
from moderation.services import MoveRefused

MOVES = ("lock", "unlock", "pin", "unpin", "hide", "restore")

Said = dict[str, Any]  # what the form says


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
        if not form.is_valid() or {"page", "undecided"} & request.POST.keys():
            return self.draw(request, topic, form)
        act = self.acts.get(request.POST.get("move", ""))
        try:
            answer = act(self, request, topic, form.cleaned_data) if act else self.moved(request, topic, form)
        except ValidationError as error:
            form.add_error(None, error)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
            topic = self.found(pk)
        else:
            if answer is not None:
                return answer
        return self.draw(request, topic, form)

    def found(self, pk: int) -> Topic:
        return get_object_or_404(Topic.objects.select_related("board", "author"), pk=pk)

    def form(self, request: HttpRequest, topic: Topic, data=None) -> TopicOrderForm:
        boards = Board.objects.visible_to(request.user).exclude(pk=topic.board_id)
        return TopicOrderForm(data, boards=boards, initial={"new_title": topic.title, "language": topic.language})

    def moved(self, request: HttpRequest, topic: Topic, form: TopicOrderForm) -> HttpResponse | None:
        return redirect(topic) if self.tried(request, topic, MOVES, form) else None

    def renamed(self, request: HttpRequest, topic: Topic, said: Said) -> HttpResponse:
        title, language = said["new_title"], said["language"]
        if title and request.POST.get("seen_title", topic.title) != topic.title:
            raise ValidationError(
                {"new_title": _("The topic has another title meanwhile. Send yours again to change it.")}
            )
        reason = {"by": request.user, "public_reason": said["public_reason"]}
        if not services.rename(topic, title=title, language=language, **reason):
            raise ValidationError({"new_title": _("The topic has this title and language already.")})
        messages.success(request, _("The topic is called so now."))
        return redirect(topic)

    def to_board(self, request: HttpRequest, topic: Topic, said: Said) -> HttpResponse:
        if said["board"] is None:
            raise ValidationError({"board": _("Choose a board.")})
        plan = Plan(topic, said["board"])
        if request.POST.get("agreed") != plan.agreed:
            return self.ask(request, plan, said)
        services.move(topic, said["board"], by=request.user, public_reason=said["public_reason"])
        messages.success(request, _("The topic is on this board now."))
        return redirect(topic)

    def into_topic(self, request: HttpRequest, topic: Topic, said: Said) -> HttpResponse:
        into = Topic.objects.filter(pk=said["into"] or 0).select_related("board", "merged_into__board").first()
        into = into.merged_into or into if into else None
        if into is None or not into.is_listed:
            raise ValidationError({"into": _("There is no such topic.")})
        if into == topic:
            raise ValidationError({"into": _("Choose another topic.")})
        plan = Plan(topic, into.board, into)
        if request.POST.get("agreed") != plan.agreed:
            return self.ask(request, plan, said)
        services.merge(topic, into, by=request.user, public_reason=said["public_reason"])
        messages.success(request, _("The posts stand behind those of this topic now."))
        return redirect(into)

    def split_off(self, request: HttpRequest, topic: Topic, said: Said) -> HttpResponse:
        if not said["title"]:
            raise ValidationError({"title": _("Give the new topic a title.")})
        posts = Post.objects.filter(topic=topic, pk__in=said["posts"]).order_by("number")
        if not posts or len(posts) < len(said["posts"]):
            raise ValidationError({"posts": _("Choose posts of this topic.")})
        if said["onwards"]:
            posts = posts | Post.objects.filter(topic=topic, number__gt=list(posts)[-1].number or 0)
        made = services.split(topic, posts, title=said["title"], by=request.user, public_reason=said["public_reason"])
        messages.success(request, _("This is the new topic."))
        return redirect(made)

    acts: dict[str, Callable] = {"rename": renamed, "move": to_board, "merge": into_topic, "split": split_off}

    def ask(self, request: HttpRequest, plan: Plan, said: Said) -> HttpResponse:
        """Show what will happen, and who will read it then."""
        is_new = bool(request.POST.get("agreed"))  # they agreed to what is not so any more
        return render(request, "forum/topic_plan.html", {"plan": plan, "said": said, "is_new": is_new})

    def draw(self, request: HttpRequest, topic: Topic, form: TopicOrderForm) -> HttpResponse:
        moves = [move for move in topic.workflow.open_to(request.user, topic) if not rules.is_done(topic, move.name)]
        context = {"topic": topic, "form": form, "moves": [move for move in moves if move.name in MOVES]}
        context["posts"] = choosing.page_of(topic, *self.chosen(request, topic, form))
        return render(
            request, "forum/topic_order.html", {**context, "acts": {move.name for move in moves} & {*self.acts}}
        )

    def chosen(self, request: HttpRequest, topic: Topic, form: TopicOrderForm) -> tuple[int, set[int]]:
        """Return the page of posts that is asked for, and the posts that are chosen."""
        if form.is_bound:
            asked = request.POST.get("page") or request.POST.get("shown", "")
            return _number(asked), getattr(form, "cleaned_data", {}).get("posts") or set()
        post = Post.objects.filter(topic=topic, pk=_number(request.GET.get("post", ""))).first()
        if post is None or post.number is None or post.is_first:
            return 1, set()
        return -(-post.number // choosing.PER_PAGE), {post.pk}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 1
