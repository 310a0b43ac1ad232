"""Pictures: added to the text in the form, and shown to whoever sees the post."""

import re
import uuid
from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.rules import is_moderator
from common.caching import kept_for_a_minute
from common.files import KINDS
from common.text import clean_line
from forum import rules
from forum.models import Board, Picture, Post, Topic
from forum.models.picture import ALT_MAX
from forum.services import pictures
from forum.views.base import is_there, post_for
from forum.vocabulary import PostStatus

_MARKS = re.compile(r"([\\`*_\[\]<>&!])")


def is_wanted(request: HttpRequest) -> bool:
    """Whether the button that adds a picture was pressed."""
    return request.POST.get("action") == "picture"


def add(request: HttpRequest, form: forms.Form, page: Callable[..., HttpResponse]) -> HttpResponse:
    """Keep the picture and return the page with its Markdown behind what was typed; or say what is wrong with it."""
    form_class, said = type(form), request.POST.dict()
    try:
        said["body"] = f"{said.get('body', '').rstrip()}\n\n{_markdown(request)}\n".lstrip("\n")
    except ValidationError as error:
        wrong = {"picture_errors": error.messages, "picture_words": request.POST.get("alt", "")}
        return page(form_class(initial=said), unsaved=True, **wrong)
    return page(form_class(initial=said), unsaved=True)


def _markdown(request: HttpRequest) -> str:
    """Keep the picture that came with the form and return what shows it."""
    words, upload = clean_line(request.POST.get("alt", ""))[:ALT_MAX], request.FILES.get("picture")
    if upload is None:
        raise ValidationError(_("Choose a picture first."))
    if not words:
        raise ValidationError(_("Say in words what the picture shows, for those who do not see it."))
    picture = pictures.keep(upload, by=request.user)
    words = _MARKS.sub(r"\\\1", words)
    return f"![{words}]({picture.get_absolute_url()})"


class PictureView(View):
    """A picture of a post, for whoever sees the post, or another one in which its owner shows it; of none yet, for
    whoever sent it."""

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        picture = get_object_or_404(Picture.objects.select_related("post__topic__board"), key=key)
        is_public = self.checked(request.user, picture)
        etag = quote_etag(key.hex)  # what is under a key never changes
        if same := get_conditional_response(request, etag=etag):
            return kept_for_a_minute(same) if is_public else same
        try:
            content = picture.file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(content, content_type=KINDS[picture.kind])
        response["Content-Disposition"] = "inline"
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["ETag"] = etag
        if is_public:
            return kept_for_a_minute(response)
        response["Cache-Control"] = "private, no-store"
        return response

    def checked(self, user, picture: Picture) -> bool:
        """Return whether everybody may see the picture; raise Http404 where this person may not."""
        if picture.post is None:
            if user.is_authenticated and picture.user_id == user.pk:
                return False
            raise Http404
        board = picture.post.topic.board
        if user.is_authenticated and is_moderator(user) and rules.may_read(user, board):
            return False
        try:
            return is_there(post_for(user, picture.post_id)) and not board.is_private
        except Http404:
            if other := _elsewhere(user, picture):
                return not other.topic.board.is_private
            raise


def _elsewhere(user, picture: Picture) -> Post | None:
    """Return another post of its owner that shows the picture and that this person may read, a public one first."""
    found = Post.objects.filter(author=picture.user_id, body__contains=str(picture.key), status=PostStatus.PUBLIC)
    found = found.filter(topic__in=Topic.objects.listed(), topic__board__in=Board.objects.visible_to(user))
    return found.select_related("topic__board").order_by("topic__board__is_private", "pk").first()
