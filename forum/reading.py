"""What a page of a topic shows to whom, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Q

from forum import excerpts
from forum.models import Post, Topic
from forum.models.topic import PER_PAGE
from forum.people import add_voices
from forum.vocabulary import PostStatus

BEGINNING = 160  # characters
WAITING_MAX = 20  # of one's own, shown below the last page
_SHOWN = (  # of posts and people there is much more, as long as the posts themselves
    *("topic", "author", "number", "is_first", "key", "html", "status", "created_at", "published_at", "edited_at"),
    *("author__name", "author__handle", "author__is_active", "author__is_system", "reply_to__author__name"),
)


@dataclass(frozen=True)
class TopicPage:
    """The posts of twenty numbers, and on the last page what `user` has written that waits or was refused.

    A page is made of numbers, which never change: nothing moves to another page when something is posted or hidden.
    """

    number: int
    pages: int
    posts: list[Post]
    mine: list[Post]
    read_up_to: int  # the number up to which somebody has read who has read this page

    @property
    def beginning(self) -> str:
        """The beginning of what is said on it, as plain text."""
        texts = (excerpts.of_html(post.html, BEGINNING) for post in self.posts if post.is_public)
        return next((text for text in texts if text), "")

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
    posts = list(rows.select_related("author", "reply_to__author").only(*_SHOWN).order_by("number"))
    last = topic.last_post.number if topic.last_post_id else 0
    posts = [post for post in posts if post.is_public or post.number < last]
    for post in posts:
        post.topic = topic
    mine = _of_author(topic, user) if number == pages else []
    add_voices(post.author for post in (*posts, *mine))
    return TopicPage(number, pages, posts, mine, min(first + PER_PAGE, topic.last_number))


def _of_author(topic: Topic, user) -> list[Post]:
    if not user.is_authenticated:
        return []
    waiting = Post.objects.filter(topic=topic, author=user, status__in=[PostStatus.WAITING, PostStatus.REJECTED])
    found = list(waiting.select_related("author", "reply_to__author").order_by("created_at", "pk")[:WAITING_MAX])
    for post in found:
        post.topic = topic
    return found
