"""Atom feeds (RFC 4287) of what everybody may read: the whole forum, a board, or a topic; the newest posts first."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.models import Board, Post, PostText, Topic
from initiatives.feeds import NEVER, tag_uri

PER_FEED = 50


@dataclass(frozen=True)
class Entry:
    """A post in a feed."""

    post: Post

    @property
    def id(self) -> str:
        return tag_uri(f"forum/p/{self.post.pk}")

    @property
    def title(self) -> str:
        title = self.post.topic.title
        return title if self.post.is_first else _("Re: %(title)s") % {"title": title}

    @property
    def link(self) -> str:
        return settings.SITE_URL + self.post.get_absolute_url()

    @property
    def updated(self) -> datetime.datetime:
        return max(filter(None, (self.post.published_at, self.post.edited_at)))


def of_forum() -> dict[str, Any]:
    """Return what the template shows of the whole forum. Two queries, as for a board."""
    texts = PostText.objects.filter(board__is_private=False)
    return _context("forum", _("Forum"), reverse("forum:index"), reverse("forum:feed"), _newest(texts))


def of_board(board: Board) -> dict[str, Any]:
    posts = _newest(PostText.objects.filter(board=board))
    address = reverse("forum:board_feed", args=[board.slug])
    return _context(f"forum/{board.slug}", board.label, board.get_absolute_url(), address, posts)


def of_topic(topic: Topic) -> dict[str, Any]:
    """Return the same of a topic. One query."""
    posts = _rows(Post.objects.filter(topic=topic).public().order_by("-number")[:PER_FEED])
    address = reverse("forum:topic_feed", args=[topic.pk])
    return _context(f"forum/t/{topic.pk}", topic.title, topic.get_absolute_url(), address, posts)


def _newest(texts) -> Iterable[Post]:
    numbers = list(texts.order_by("-published_at", "-post").values_list("post", flat=True)[:PER_FEED])
    return _rows(Post.objects.filter(pk__in=numbers).public().order_by("-published_at", "-pk"))


def _rows(posts) -> Iterable[Post]:
    return posts.select_related("topic", "author").defer("body")


def _context(name: str, title: str, page: str, address: str, posts: Iterable[Post]) -> dict[str, Any]:
    entries = sorted(map(Entry, posts), key=lambda entry: entry.updated, reverse=True)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "id": tag_uri(name),
        "title": title,
        "entries": entries,
        "updated": entries[0].updated if entries else NEVER,
        "self": settings.SITE_URL + address,
        "page": settings.SITE_URL + page,
    }
