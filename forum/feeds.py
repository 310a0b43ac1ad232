"""Atom feeds (RFC 4287) of what everybody may read: the whole forum, a board, or a topic; the newest posts first.

A feed has so many posts, and of a long one the beginning. That of a topic has what was edited lately too, however old.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from forum import excerpts
from forum.models import Board, Post, PostText, Topic
from initiatives.feeds import NEVER, tag_uri

PER_FEED = 30  # posts
WHOLE_MAX, BEGINNING = (
    5_000,
    1_000,
)  # characters of the HTML of a post that stands there whole, and of another's beginning


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
    def language(self) -> str:
        return self.post.topic.language_code or "und"

    @property
    def content(self) -> SafeString | str:
        """What it says, as HTML; empty where that is long."""
        text = self.post.html
        if len(text) > WHOLE_MAX:
            return ""
        return format_html('<div lang="{}" dir="auto">{}</div>', self.language, mark_safe(text))  # noqa: S308 (made safe)

    @property
    def summary(self) -> SafeString:
        """The beginning of what it says, and where it goes on."""
        text = excerpts.of_html(self.post.html, BEGINNING)
        words = '<p lang="{}" dir="auto">{}</p><p><a href="{}">{}</a></p>'
        return format_html(words, self.language, text, self.link, _("Read the whole post"))

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
    """Return the same of a topic, also two queries."""
    posts = _rows(Post.objects.filter(topic=topic).public())
    newest = posts.order_by("-number")[:PER_FEED]
    edited = posts.filter(edited_at__isnull=False).order_by("-edited_at")[:PER_FEED]
    address = reverse("forum:topic_feed", args=[topic.pk])
    return _context(f"forum/t/{topic.pk}", topic.title, topic.get_absolute_url(), address, {*newest, *edited})


def _newest(texts: QuerySet[PostText]) -> QuerySet[Post]:
    numbers = list(texts.order_by("-published_at", "-post").values_list("post", flat=True)[:PER_FEED])
    return _rows(Post.objects.filter(pk__in=numbers).public().order_by("-published_at", "-pk"))


def _rows(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related("topic", "author").defer("body")


def _context(name: str, title: str, page: str, address: str, posts: Iterable[Post]) -> dict[str, Any]:
    entries = sorted(map(Entry, posts), key=lambda entry: (entry.updated, entry.post.pk), reverse=True)[:PER_FEED]
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
