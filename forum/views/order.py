"""Flags of members, and what moderators do from the public page: without the admin, and without script."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import is_moderator
from common.text import clean_line
from forum import rules, services
from forum.forms import FlagForm, MemberOrderForm, OrderForm, PostOrderForm
from forum.models import Member, Post
from forum.services import flagging
from forum.views.base import address_of
from forum.views.writing import MemberView, own_post
from moderation.attempts import attempt
from moderation.models import Moderated
from moderation.workflow import Move

MEMBER_MOVES = ("silence_1", "silence_7", "silence_30", "unsilence")
POST_MOVES = ("approve", "reject", "mark_as_spam", "hide", "restore", "dismiss_flags", "uphold_flags")


class FlagView(MemberView):
    """Say that something is wrong with a post."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.draw(request, own_post(request, pk, rules.may_flag), FlagForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = own_post(request, pk, rules.may_flag)
        form = FlagForm(request.POST)
        if not form.is_valid():
            return self.draw(request, post, form)
        board, place = post.topic.board, address_of(post)
        services.flag(post, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. A moderator will look at the post."))
        post.topic.refresh_from_db()
        return redirect(place if post.topic.is_listed else board)

    def draw(self, request: HttpRequest, post: Post, form: FlagForm) -> HttpResponse:
        return render(request, "forum/post_flag.html", {"post": post, "form": form})


class ModeratorView(MemberView):
    """A page that moderators alone find."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not is_moderator(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def tried(
        self, request: HttpRequest, subject: Moderated, names: tuple[str, ...], form: OrderForm | PostOrderForm
    ) -> bool:
        """Make the move that the button names and say what came of it; return whether it was made."""
        move = subject.workflow.moves.get(request.POST.get("move", ""))
        if move is None or move.name not in names:
            raise PermissionDenied
        said = {name: form.cleaned_data[name] for name in ("reason", "public_reason") if name in form.cleaned_data}
        seen = request.POST.get("seen", "")
        made = attempt(subject, move, by=request.user, hint=lambda user, about: "", seen=seen, **said)
        if made.error:
            form.add_error(None, made.error)
        else:
            (messages.success if made.done else messages.error)(request, made.words)
        return made.done


class PostOrderView(ModeratorView):
    """Decide on a post."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.draw(request, self.found(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = self.found(pk)
        move = post.workflow.moves.get(request.POST.get("move", ""))
        form = PostOrderForm(request.POST, moves=self.moves(request, post), move=move)
        if form.is_valid() and self.tried(request, post, POST_MOVES, form):
            return redirect(address_of(post))
        return self.draw(request, post, form)

    def found(self, pk: int) -> Post:
        return get_object_or_404(Post.objects.select_related("topic__board", "author"), pk=pk)

    def moves(self, request: HttpRequest, post: Post) -> list[Move]:
        return [move for move in post.workflow.open_to(request.user, post) if move.name in POST_MOVES]

    def draw(self, request: HttpRequest, post: Post, form: PostOrderForm | None = None) -> HttpResponse:
        moves = self.moves(request, post)
        context = {"post": post, "form": form or PostOrderForm(moves=moves), "moves": moves}
        context["flags"] = flagging.flags_for(request.user, post)
        context["may_silence"] = rules.silences(request.user, Member(user=post.author)) and post.author.left_at is None
        return render(request, "forum/post_order.html", {**context, "edition": post.workflow.edition(post)})


class MemberOrderView(ModeratorView):
    """Silence a member for a time, or end that."""

    def get(self, request: HttpRequest, handle: str) -> HttpResponse:
        return self.draw(request, self.found(handle), MemberOrderForm())

    def post(self, request: HttpRequest, handle: str) -> HttpResponse:
        member, form = self.found(handle), MemberOrderForm(request.POST)
        if member.pk is None:
            member.save()
        if form.is_valid() and self.tried(request, member, MEMBER_MOVES, form):
            return redirect("forum:member_order", member.user.handle)
        return self.draw(request, member, form)

    def found(self, handle: str) -> Member:
        """Return the record of whoever has the handle; not saved yet where they have never posted."""
        user = get_object_or_404(User, handle=clean_line(handle), is_system=False, left_at=None)
        return Member.objects.filter(user=user).select_related("user").first() or Member(user=user)

    def draw(self, request: HttpRequest, member: Member, form: MemberOrderForm) -> HttpResponse:
        moves = [move for move in member.workflow.open_to(request.user, member) if move.name in MEMBER_MOVES]
        return render(request, "forum/member_order.html", {"member": member, "form": form, "moves": moves})
