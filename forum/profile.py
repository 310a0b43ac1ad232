"""What others see of a member: who they speak for now, and what they said where the reader may read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from accounts.handles import FormerHandle
from accounts.models import User
from forum import lines
from forum.lines import Line
from forum.models import Board, Post, Topic
from forum.people import add_voices
from forum.querysets import PostQuerySet

PER_PAGE = 20
POSTS, TOPICS = "posts", "topics"


@dataclass(frozen=True)
class ProfilePage:
    """Some posts or topics of a member, the last written first, and the parameter that leads to those before them."""

    show: str
    rows: list[Post] | list[Line]
    older: str
    is_first: bool


def member_of(handle: str, *, reader) -> User | None:
    """Return who has the handle, with `speaks_for`; None where nothing of theirs is there for the reader.

    Machines and those who have left have no page. Two queries.
    """
    people = User.objects.filter(handle=handle, is_active=True, is_system=False, left_at=None)
    own = people.filter(pk=reader.pk) if reader.is_authenticated else people.none()
    said = Exists(posts_for(reader).filter(author_id=OuterRef("pk")))
    found = (people.filter(said) | own).first()
    if found:
        add_voices([found])
    return found


def called_now(handle: str, *, reader) -> User | None:
    """Return who had the handle before, as `member_of` does. Up to three queries."""
    row = FormerHandle.objects.filter(handle=handle).select_related("user").first()
    return member_of(row.user.handle, reader=reader) if row and row.user else None


def posts_for(reader) -> PostQuerySet:
    """Return the posts that are there for the reader."""
    return Post.objects.filter(status=Post.Status.PUBLIC, topic__in=topics_for(reader))


def topics_for(reader) -> QuerySet[Topic]:
    """Return the topics that are there for the reader."""
    return Topic.objects.listed().filter(board__in=Board.objects.visible_to(reader))


def page_of(member: User, asked: Mapping[str, str], *, reader) -> ProfilePage:
    """Return what `show` and `after` ask for: `posts` or `topics` of the member. One query, two for topics."""
    show = TOPICS if asked.get("show") == TOPICS else POSTS
    if show == TOPICS:
        found = topics_for(reader).filter(author=member)
    else:
        found = posts_for(reader).filter(author=member).select_related("topic__board")
    after = _number(asked.get("after", ""))
    found = (found.filter(pk__lt=after) if after else found).order_by("-pk")[: PER_PAGE + 1]
    rows = lines.of(list(found.values_list("pk", flat=True))) if show == TOPICS else list(found)
    more, rows = len(rows) > PER_PAGE, rows[:PER_PAGE]
    return ProfilePage(show, rows, str(rows[-1].pk) if more else "", not after)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
