"""What rows of topics and boards say of their posts. The row of the topic is always locked before that of the board."""

import datetime

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from forum.models import Board, Post, Topic
from forum.querysets import SHOWN_TOPICS
from forum.vocabulary import PostStatus

NEWEST = ("-published_at", "-number")  # the order of posts of a topic whose first is the last said


def locked(topic_id: int) -> Topic:
    """Return the topic, locked until the transaction ends. Raises Topic.DoesNotExist."""
    return Topic.objects.select_for_update(of=("self",)).get(pk=topic_id)


def add(topic: Topic, post: Post) -> None:
    """Count a post that has just become public, as the last of the (locked) topic. Costs the same in any topic."""
    opens = topic.opened_at is None
    topic.post_count += 1
    if topic.active_at is None or topic.active_at <= post.published_at:  # machines' clocks differ
        topic.last_post, topic.active_at = post, post.published_at
    topic.opened_at = topic.opened_at or (post.published_at if post.number == 1 else opening(topic))
    topic.save(update_fields=["last_number", "post_count", "last_post", "active_at", "opened_at"])
    if topic.status in SHOWN_TOPICS:
        # The trigger of what was just saved has locked the board: who was there before us is seen.
        changes = {"post_count": F("post_count") + 1, "topic_count": F("topic_count") + int(opens)}
        Board.objects.filter(pk=topic.board_id).update(**changes, last_topic=_later_than(topic))


def recount(topic: Topic) -> None:
    """Count the posts of the (locked) topic anew, and its board: what was public is not any more, or is again."""
    public = Post.objects.filter(topic=topic, status=PostStatus.PUBLIC)
    last = public.order_by(*NEWEST).first()  # after a merge not the one with the highest number
    topic.post_count, topic.last_post = public.count(), last
    topic.active_at = last and last.published_at
    topic.opened_at = opening(topic) if last else None
    if topic.solution_id and not public.filter(pk=topic.solution_id).exists():
        topic.solution = None
    topic.save(update_fields=["post_count", "last_post", "active_at", "opened_at", "solution"])
    recount_board(topic.board_id)


def opening(topic: Topic) -> datetime.datetime:
    """Return since when the topic is there: since its first number was given, even if that post is hidden now."""
    numbered = Post.objects.filter(topic=topic, number__isnull=False)
    return numbered.order_by("number").values_list("published_at", flat=True).first()


def _later_than(topic: Topic) -> Coalesce:
    """The topic that is the last one of a board already, where something was said there later; else this one."""
    later = Q(active_at__gt=topic.active_at) | Q(active_at=topic.active_at, pk__gt=topic.pk)
    last = Topic.objects.filter(later, pk=OuterRef("last_topic_id")).order_by()
    return Coalesce(Subquery(last.values("pk")), Value(topic.pk))


def recount_board(board_id: int) -> None:
    """Count what is listed on a board anew. The row is locked before, so that nobody counts meanwhile."""
    Board.objects.select_for_update().get(pk=board_id)
    listed = Topic.objects.listed().filter(board_id=board_id)
    sums = listed.aggregate(topics=Count("pk"), posts=Coalesce(Sum("post_count"), 0))
    last = listed.order_by("-active_at", "-pk").first()
    Board.objects.filter(pk=board_id).update(topic_count=sums["topics"], post_count=sums["posts"], last_topic=last)
