"""What the views of the forum share: finding what this person may see, and drawing it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.rules import is_moderator
from common.text import clean_line
from forum import rules, whole
from forum.models import Board, Post, Topic
from forum.vocabulary import TopicStatus


def board_for(user, slug: str) -> Board:
    """Return the board, or raise Http404 where the person may not know of it."""
    return get_object_or_404(Board.objects.visible_to(user), slug=clean_line(slug))


def topic_for(user, pk: int) -> Topic:
    """Return the topic, or the one that it was merged into; Http404 unless it is public, or the person's own.

    Moderators find every topic.
    """
    topic = whole.read(pk)
    if topic is None:
        raise Http404
    if topic.merged_into_id:
        return topic_for(user, topic.merged_into_id)
    is_there = topic.opened_at is not None and topic.status != TopicStatus.HIDDEN
    is_own = user.is_authenticated and topic.author_id == user.pk and topic.status != TopicStatus.HIDDEN
    if not (is_there or is_own or is_moderator(user)) or not rules.may_read(user, topic.board):
        raise Http404
    return topic


def is_there(post: Post) -> bool:
    """Whether the post is there for everybody who may read its board."""
    topic = post.topic
    return post.is_public and topic.opened_at is not None and topic.status != TopicStatus.HIDDEN


def post_for(user, pk: int) -> Post:
    """Return a post that the person may see: a public one, or their own; of all posts, to moderators."""
    post = get_object_or_404(Post.objects.select_related("topic__board", "author"), pk=pk)
    is_left = post.status != post.Status.DELETED
    is_own = user.is_authenticated and post.author_id == user.pk and is_left
    if not (is_there(post) or is_own or is_left and is_moderator(user)) or not rules.may_read(user, post.topic.board):
        raise Http404
    return post


def after_posting(request: HttpRequest, post: Post) -> HttpResponse:
    """Lead to the post, and say where it waits."""
    if not post.is_public:
        messages.info(request, _("Your post waits for a moderator. You see it below; others will when it is approved."))
    return redirect(address_of(post))


def page_asked_for(asked: Mapping[str, str]) -> int:
    """Return the number of the page that the parameters of an address, or of a form, name; 1 where they name none."""
    text = asked.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def address_of(post: Post) -> str:
    """Return the page and place of a post as it stands now."""
    number = post.number or post.topic.last_number
    return f"{post.topic.page_url(number)}#{post.anchor}"
