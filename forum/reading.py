"""What a page of a topic shows to whom, in a fixed number of queries."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from forum import excerpts
from forum.models import Post, Topic
from forum.models.post import anchor_of
from forum.models.topic import PER_PAGE
from forum.people import Person, add_voices
from forum.querysets import PostQuerySet
from forum.vocabulary import PostStatus

BEGINNING = 160  # characters
WAITING_MAX = 20  # of one's own, shown below the last page
_OF_POST = (
    *("pk", "number", "is_first", "key", "html", "status", "created_at", "published_at", "edited_at"),
    *("reply_to", "reply_to__author__name"),
)
_OF_AUTHOR = ("author", "author__name", "author__handle", "author__is_active", "author__is_system")


@dataclass(slots=True)
class ShownPost:
    """What a topic's page shows of a post, by the names of the model."""

    pk: int
    number: int | None
    is_first: bool
    key: uuid.UUID
    html: str
    status: str
    created_at: datetime.datetime
    published_at: datetime.datetime | None
    edited_at: datetime.datetime | None
    reply_to_id: int | None
    reply_to_name: str | None  # of who is answered
    author: Person

    @property
    def is_public(self) -> bool:
        return self.status == PostStatus.PUBLIC

    @property
    def anchor(self) -> str:
        return anchor_of(self.pk)


@dataclass(frozen=True)
class TopicPage:
    """The posts of twenty numbers, and on the last page what `user` has written that waits or was refused.

    A page is made of numbers, which never change: nothing moves to another page when something is posted or hidden.
    """

    number: int
    pages: int
    posts: list[ShownPost]
    mine: list[ShownPost]
    read_up_to: int  # the number up to which somebody has read who has read this page

    @property
    def beginning(self) -> str:
        """The beginning of what is said on it, as plain text; who says so too, unless it begins the topic."""
        for post in self.posts:
            text = excerpts.of_html(post.html, BEGINNING) if post.is_public else ""
            if text:
                return text if post.is_first else _("%(name)s: %(text)s") % {"name": post.author.name, "text": text}
        return ""

    @property
    def is_last(self) -> bool:
        return self.number == self.pages


def page_of(topic: Topic, number: int, *, user) -> TopicPage:
    """Return the page; the last one where there are not so many. Two queries; three for who is signed in."""
    pages = topic.pages
    number = min(max(1, number), pages)
    first = (number - 1) * PER_PAGE
    # What its author deleted, or a moderator hid, leaves its place where others went on.
    shown = Q(status=PostStatus.PUBLIC) | Q(status__in=[PostStatus.DELETED, PostStatus.HIDDEN])
    rows = Post.objects.filter(shown, topic=topic, number__gt=first, number__lte=first + PER_PAGE)
    read = _read(rows.order_by("number"))
    spoken = [post.number for post in read if post.is_public]
    last = max([*spoken, topic.last_post.number if topic.last_post_id else 0])
    posts = [post for post in read if post.is_public or post.number < last]
    mine = _of_author(topic, user) if number == pages else []
    add_voices(post.author for post in (*posts, *mine))
    return TopicPage(number, pages, posts, mine, min(first + PER_PAGE, topic.last_number))


def _of_author(topic: Topic, user) -> list[ShownPost]:
    if not user.is_authenticated:
        return []
    waiting = Post.objects.filter(topic=topic, author=user, status__in=[PostStatus.WAITING, PostStatus.REJECTED])
    return _read(waiting.order_by("created_at", "pk")[:WAITING_MAX])


def _read(found: PostQuerySet) -> list[ShownPost]:
    """Return the posts in their order. One query: rows of the model would take three times as long to make."""
    rows = found.values_list(*_OF_POST, *_OF_AUTHOR)
    return [ShownPost(*row[: len(_OF_POST)], Person(*row[len(_OF_POST) :])) for row in rows]
