"""What is new to a member: posts of others behind the number up to which they have read.

Nothing is new that was public before they joined, before they said that the board is read, or for 60 days: so no list
looks further back, and marks older than that need not be kept.
"""

import datetime
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Count, DateTimeField, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from forum.lines import Line
from forum.models import Board, Post, ReadMark, Topic

NEW_FOR = datetime.timedelta(days=60)
COUNTED = 100  # numbers, from the last one back: how many are new beyond that nobody wants to know
LOOKED_AT = 100  # topics of a board, from the top: who has read them all is not told of one below
_PREFETCH = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def floor_of(user) -> datetime.datetime:
    """Return since when anything can be new to the person."""
    return max(user.date_joined, timezone.now() - NEW_FOR)


def count(topics: Iterable[Topic | Line], user) -> None:
    """Give each topic `new_count`: how many posts there are new to the person, counted up to 100. One query."""
    found = list(topics)
    if not user.is_authenticated or not found:
        return
    # Each topic with its number: the index is read from there, not the whole of a long topic.
    late = Post.objects.filter(reduce(or_, (Q(topic=one.pk, number__gt=one.last_number - COUNTED) for one in found)))
    counts = dict(_new(late, user).order_by().values_list("topic").annotate(Count("pk")))
    for topic in found:
        topic.new_count = counts.get(topic.pk, 0)


def first_new(topic: Topic, user) -> Post | None:
    """Return the first post of the topic that is new to the person. Two queries."""
    later = Post.objects.filter(topic=topic, number__gt=read_up_to(user, topic))
    return _new(later, user).order_by("number").first()


def boards_with_new(boards: QuerySet[Board], user) -> QuerySet[Board]:
    """Say of each board whether something on its first pages is new to the person: `has_new`. No query more."""
    if not user.is_authenticated:
        return boards
    floor = _moment(floor_of(user))
    first = Topic.objects.listed().filter(board_id=OuterRef(OuterRef("pk"))).order_by("-is_pinned", "-active_at", "-pk")
    topics = Topic.objects.filter(pk__in=first.values("pk")[:LOOKED_AT])
    topics = topics.filter(active_at__gt=Coalesce(OuterRef("said__read_at"), floor))
    mark = FilteredRelation("read_marks", condition=Q(read_marks__user=user))
    topics = topics.annotate(mark=mark, read_up_to=Coalesce("mark__number", 0))
    topics = topics.filter(active_at__gt=floor, last_post__number__gt=F("read_up_to"))
    said = FilteredRelation("read_marks", condition=Q(read_marks__user=user))
    return boards.annotate(said=said).annotate(has_new=Exists(topics.exclude(last_post__author=user)))


def _new(posts: QuerySet[Post], user) -> QuerySet[Post]:
    """Those that are public and new to the person."""
    mark = FilteredRelation("topic__read_marks", condition=Q(topic__read_marks__user=user))
    said = FilteredRelation("topic__board__read_marks", condition=Q(topic__board__read_marks__user=user))
    floor = floor_of(user)
    posts = posts.filter(status=Post.Status.PUBLIC, published_at__gt=floor).exclude(author=user)
    # As annotations: in a filter the joins would be inner ones, and drop what has no mark.
    posts = posts.annotate(mark=mark, said=said, read_up_to=Coalesce("mark__number", 0))
    posts = posts.annotate(since=Coalesce("said__read_at", _moment(floor)))
    return posts.filter(number__gt=F("read_up_to"), published_at__gt=F("since"))


def _moment(when: datetime.datetime) -> Value:
    return Value(when, output_field=DateTimeField())


def read_up_to(user, topic: Topic) -> int:
    """Return up to which number the person has read the topic. One query."""
    return ReadMark.objects.filter(user=user, topic=topic).values_list("number", flat=True).first() or 0


def is_reading(request: HttpRequest) -> bool:
    """Whether somebody looks at the page: not where a program asks for its head, or fetches it in case."""
    if request.method != "GET":
        return False
    return not any("prefetch" in request.headers.get(name, "").lower() for name in _PREFETCH)
