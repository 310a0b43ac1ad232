"""The earlier texts of a post: everybody reads them, and moderators remove one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from forum import rules, services
from forum.forms import RemoveForm
from forum.history import change_of
from forum.models import PostRevision
from forum.views.base import post_for
from forum.views.order import ModeratorView
from moderation.services import MoveRefused


class PostHistoryView(View):
    """The earlier texts of a public post: its last change, or the one to the text `version`."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = post_for(request.user, pk)
        if post.edited_at is None:
            raise Http404
        asked = request.GET.get("version", "")
        if asked and not (asked.isascii() and asked.isdigit()):
            raise Http404
        change = change_of(post, int(asked[:12]) if asked else None)
        if change is None and asked:
            raise Http404
        may_remove = rules.judges(request.user, post)
        return render(request, "forum/post_history.html", {"post": post, "change": change, "may_remove": may_remove})


class RemoveTextView(ModeratorView):
    """Remove one earlier text, after asking why."""

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        return self.draw(request, self.found(request, pk, number), RemoveForm())

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        text, form = self.found(request, pk, number), RemoveForm(request.POST)
        if form.is_valid():
            try:
                services.remove_text(text.post, text.number, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            except MoveRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The text is removed from the history."))
                return redirect("forum:history", pk)
        return self.draw(request, text, form)

    def found(self, request: HttpRequest, pk: int, number: int) -> PostRevision:
        """Return the text; Http404 where it is not kept (any more), PermissionDenied for one's own."""
        post = post_for(request.user, pk)
        if not rules.judges(request.user, post):
            raise PermissionDenied
        text = get_object_or_404(post.revisions, number=number, removed_at=None)
        text.post = post
        return text

    def draw(self, request: HttpRequest, text: PostRevision, form: RemoveForm) -> HttpResponse:
        return render(request, "forum/text_remove.html", {"post": text.post, "text": text, "form": form})
