"""What members write."""

from functools import partial

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from accounts.rules import has_confirmed_email
from forum import policy, quoting, rules, services, silences
from forum.forms import EditForm, FirstEditForm, ReplyForm, TopicForm
from forum.models import Post
from forum.services import drafts
from forum.views import drafting, picturing, previewing
from forum.views.base import address_of, after_posting, board_for, post_for, topic_for
from forum.views.public import draw_topic
from initiatives.models import Initiative
from initiatives.vocabulary import ContentLanguage


class MemberView(LoginRequiredMixin, View):
    """A page for people who have signed in; what is sent counts against the limit of posts, or previews."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        action = _limit(request)
        refusal = consume_or_429(request, action=action) if request.user.is_authenticated else None
        if refusal and action == "post" and request.POST.get("body"):
            return _may_not(request, {"too_fast": True}, status=429)
        if refusal:
            return refusal
        try:
            return super().dispatch(request, *args, **kwargs)
        except (Http404, PermissionDenied) as error:
            is_refused = isinstance(error, PermissionDenied)
            if not _is_posted(request) and not (is_refused and silences.of(request.user)):
                raise
            return _may_not(request, {}, status=403 if is_refused else 404)

    def handle_no_permission(self) -> HttpResponse:
        """Ask who has signed out meanwhile to sign in, and lose nothing that they typed."""
        if _is_posted(self.request):
            return _may_not(self.request, {"is_signed_out": True})
        return super().handle_no_permission()


def _is_posted(request: HttpRequest) -> bool:
    """Whether a text was sent to be read by others: not to a script, and not to be looked at."""
    return request.method == "POST" and bool(request.POST.get("body")) and _limit(request) == "post"


def _limit(request: HttpRequest) -> str:
    """Return the name of the limit that the button counts against."""
    if previewing.is_wanted(request):
        return "preview"
    return {"autosave": "autosave", "discard": "autosave", "picture": "picture"}.get(drafting.action(request), "post")


class TopicCreateView(MemberView):
    """Begin a topic on a board."""

    initiative: Initiative | None = None  # about which it is

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        language = request.user.language.split("-")[0]
        known = language if language in ContentLanguage.values else ContentLanguage.EN
        draft = drafts.of(request.user, self.initiative or board_for(request.user, slug))
        return self.draw(
            request, slug, TopicForm(initial=drafting.started(draft, language=known, **self.started())), draft=draft
        )

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form, board = TopicForm(request.POST), board_for(request.user, slug)
        if not rules.may_begin(request.user, board):
            return _may_not(request, {"board": board})
        if picturing.is_wanted(request):
            return picturing.add(request, form, partial(self.draw, request, slug))
        if drafting.action(request):
            return drafting.answer(request, self.initiative or board, form, request.path)
        if previewing.is_wanted(request):
            language = request.POST.get("language", "")
            return previewing.draw(request, form, board, language, partial(self.draw, request, slug, form))
        if not form.is_valid():
            return self.draw(request, slug, form)
        post = services.begin_topic(board, by=request.user, initiative=self.initiative, **form.cleaned_data)
        return after_posting(request, post)

    def draw(self, request: HttpRequest, slug: str, form: TopicForm, **more) -> HttpResponse:
        board = board_for(request.user, slug)
        if not rules.may_begin(request.user, board):
            return _may_not(request, {"board": board})
        context = {"board": board, "form": form, "place": self.place(slug), "about": self.initiative, **more}
        return render(request, "forum/topic_create.html", context)

    def started(self) -> dict[str, str]:
        """Return what the form begins with."""
        return {}

    def place(self, slug: str) -> str:
        """Return where the form goes."""
        return reverse("forum:create", args=[slug])


class ReplyView(MemberView):
    """Post in a topic."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect(topic_for(request.user, pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        topic = topic_for(request.user, pk)
        if not rules.may_reply(request.user, topic):
            return _may_not(request, {"topic": topic})
        form = ReplyForm(request.POST)
        if picturing.is_wanted(request):
            return picturing.add(request, form, partial(draw_topic, request, topic))
        if drafting.action(request):
            return drafting.answer(request, topic, form, topic.get_absolute_url())
        if previewing.is_wanted(request):
            page = partial(draw_topic, request, topic, form)
            return previewing.draw(request, form, topic.board, topic.language, page)
        if not form.is_valid():
            return draw_topic(request, topic, form)
        answered = quoting.asked_for(topic, form.cleaned_data.pop("reply_to"))
        post = services.reply(topic, by=request.user, reply_to=answered, **form.cleaned_data)
        return after_posting(request, post)


class PostEditView(MemberView):
    """Change one's own post."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = own_post(request, pk, rules.may_edit)
        said = {"title": post.topic.own_title, "language": post.topic.language}
        return self.draw(request, post, _kind(post)(initial={"body": post.body, "revision": post.revision, **said}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = own_post(request, pk, rules.may_edit)
        form = _kind(post)(request.POST)
        if picturing.is_wanted(request):
            return picturing.add(request, form, partial(self.draw, request, post))
        if previewing.is_wanted(request):
            page = partial(self.draw, request, post, form)
            return previewing.draw(request, form, post.topic.board, post.topic.language, page)
        if not form.is_valid():
            return self.draw(request, post, form)
        try:
            may_wait = request.POST.get("may_wait") == "yes"
            services.edit_post(post, by=request.user, may_wait=may_wait, **form.cleaned_data)
        except ValidationError as error:
            if error.code == "newer":
                post = own_post(request, pk, rules.may_edit)
                form = form.over(post)
            form.say(error)
            return self.draw(request, post, form)
        return after_posting(request, post)

    def draw(self, request: HttpRequest, post: Post, form: EditForm, **more) -> HttpResponse:
        must_wait = post.is_public and (form.has_to_wait or policy.is_new(request.user))
        return render(request, "forum/post_edit.html", {"post": post, "form": form, "must_wait": must_wait, **more})


def _kind(post: Post) -> type[EditForm]:
    """Return the form: with the title, where the post begins the topic."""
    return FirstEditForm if post.is_first else EditForm


class PostDeleteView(MemberView):
    """Take one's own post away, after asking."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return render(request, "forum/post_delete.html", {"post": own_post(request, pk, rules.may_delete)})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = own_post(request, pk, rules.may_delete)
        board, place = post.topic.board, address_of(post)
        services.delete_post(post, by=request.user)
        messages.success(request, _("Your post is deleted."))
        post.topic.refresh_from_db()
        return redirect(place if post.topic.opened_at else board)


def own_post(request: HttpRequest, pk: int, may) -> Post:
    """Return the post; PermissionDenied where the person may not do that with it."""
    post = post_for(request.user, pk)
    if not may(request.user, post):
        raise PermissionDenied
    return post


def _may_not(request: HttpRequest, context: dict, status: int = 403) -> HttpResponse:
    """Say why nothing can be posted, and lose nothing that was typed."""
    person, typed = request.user, {"typed_title": request.POST.get("title", ""), "typed": request.POST.get("body", "")}
    if person.is_authenticated:
        context |= {"silence": silences.of(person), "is_confirmed": has_confirmed_email(person)}
    return render(request, "forum/may_not_post.html", context | typed, status=status)
