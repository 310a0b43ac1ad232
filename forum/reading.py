"""What a page of a topic shows to whom, in a fixed number of queries."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from accounts.rules import is_moderator
from forum import excerpts
from forum.models import Board, Post, Topic
from forum.models.post import anchor_of
from forum.models.topic import PER_PAGE
from forum.people import Person, add_voices
from forum.querysets import SHOWN_TOPICS, PostQuerySet
from forum.vocabulary import PostStatus

BEGINNING = 160  # characters
WAITING_MAX = 20  # shown below the last page, each being somebody's own or a moderator's to decide
_POSTS = """
    SELECT post.id, number, is_first, key, html, status, created_at, published_at, edited_at,
        answered.post, answered.name,
        author.id, author.name, handle, is_active, is_system
    FROM forum_post post JOIN accounts_user author ON author.id = post.author_id
    LEFT JOIN LATERAL (SELECT one.id AS post, person.name FROM forum_post one
        JOIN accounts_user person ON person.id = one.author_id WHERE one.id = post.reply_to_id
        AND one.topic_id = post.topic_id AND one.status = 'public') answered ON true
    WHERE topic_id = %s AND
"""
# What its author deleted, or a moderator hid, leaves its place where others went on.
_OF_PAGE = _POSTS + "number > %s AND number <= %s AND status IN ('public', 'deleted', 'hidden') ORDER BY number"
_OF_AUTHOR = _POSTS + "author_id = %s AND status IN ('waiting', 'rejected') ORDER BY created_at, post.id LIMIT %s"
# Moderators see every post in its place, and below what has none; what waits first, as the codes are ordered.
_OF_DESK = _POSTS + "number > %s AND number <= %s ORDER BY number"
_BELOW_DESK = _POSTS + "number IS NULL AND status = ANY(%s) ORDER BY status DESC, created_at, post.id LIMIT %s"


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
    reply_to_id: int | None  # where that is public, and in this topic
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

    Moderators see every post in its place, and what waits or was refused of anybody.

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


def page_of(topic: Topic, number: int, *, user, keeps_order: bool = False) -> TopicPage:
    """Return the page; the last one where there are not so many. Two queries; three for who is signed in.

    `keeps_order`: to a moderator.
    """
    pages = topic.pages
    number = min(max(1, number), pages)
    first = (number - 1) * PER_PAGE
    read = _read(_OF_DESK if keeps_order else _OF_PAGE, topic.pk, first, first + PER_PAGE)
    spoken = [post.number for post in read if post.is_public]
    last = max([*spoken, topic.last_post.number if topic.last_post_id else 0])
    posts = [post for post in read if post.is_public or keeps_order or post.number < last]
    below = _below(topic, user, keeps_order) if number == pages and user.is_authenticated else []
    add_voices(post.author for post in (*posts, *below))
    return TopicPage(number, pages, posts, below, min(first + PER_PAGE, topic.last_number))


def _below(topic: Topic, user, keeps_order: bool) -> list[ShownPost]:
    """What has no place yet: of one's own; of anybody, to a moderator, spam only where nothing else was ever said."""
    if not keeps_order:
        return _read(_OF_AUTHOR, topic.pk, user.pk, WAITING_MAX)
    statuses = [PostStatus.WAITING, PostStatus.REJECTED, *([PostStatus.SPAM] if topic.opened_at is None else [])]
    return _read(_BELOW_DESK, topic.pk, [status.value for status in statuses], WAITING_MAX)


def waiting_on(board: Board, user) -> list[Post]:
    """Return posts that wait on the board, the first written first: one's own; of anybody, to a moderator.

    The board is one that the person may read. A query, two where something of their own waits; none for visitors.
    """
    if not user.is_authenticated:
        return []
    found = Post.objects.filter(status=PostStatus.WAITING, topic__board=board)
    if is_moderator(user):
        return first_written(found)
    own = found.filter(author=user, topic__status__in=SHOWN_TOPICS)
    return first_written(own) if own.exists() else []  # to ask whether there are costs a third of reading none


def waiting_of(user) -> PostQuerySet:
    """Return the person's own posts that wait, where the person finds them."""
    found = Post.objects.filter(status=PostStatus.WAITING, author=user, topic__status__in=SHOWN_TOPICS)
    return found.filter(topic__board__in=Board.objects.visible_to(user))


def first_written(posts: PostQuerySet) -> list[Post]:
    """Return the first of them as lines name them. One query."""
    return list(posts.select_related("topic__board", "author").order_by("created_at", "pk")[:WAITING_MAX])


def _read(sql: str, *values: int | list[str]) -> list[ShownPost]:
    """Return the posts. One query, of which rows of the model would take five times as long to make."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [ShownPost(*row[:11], Person(*row[11:])) for row in cursor]
