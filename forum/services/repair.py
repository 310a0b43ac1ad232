"""Rows of topics, boards and members that do not say what their posts are, and posts that search does not find."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from forum.models import Board, Member, Post, Topic
from forum.search import writing as search
from forum.services import counters
from forum.services.ordering import hand_over
from forum.vocabulary import PostStatus

AT_ONCE = 2_000  # topics that are compared at once


def wrong_topics() -> Iterator[Topic]:
    """Go through the topics whose row does not say what their posts are."""
    for topic in _with_posts().iterator(chunk_size=AT_ONCE):
        said = (topic.post_count, topic.last_post_id, topic.active_at, topic.opened_at)
        there = (topic.counted, topic.last, topic.newest_at, topic.begun_at if topic.counted else None)
        is_left = topic.merged_into_id and (topic.highest or topic.counted)
        if said != there or topic.last_number < topic.highest or topic.solution_id != topic.solved or is_left:
            yield topic


def wrong_boards() -> Iterator[Board]:
    """Go through the boards whose row does not say what is listed there. Two queries for each board."""
    for board in Board.objects.order_by("pk"):
        listed = Topic.objects.listed().filter(board=board)
        sums = listed.aggregate(topics=Count("pk"), posts=Coalesce(Sum("post_count"), 0))
        last = listed.order_by("-active_at", "-pk").values_list("pk", flat=True).first()
        if (board.topic_count, board.post_count, board.last_topic_id) != (sums["topics"], sums["posts"], last):
            yield board


def wrong_members() -> Iterator[Member]:
    """Go through the members who are trusted for more or fewer posts than they have in public."""
    posts = Post.objects.filter(author=OuterRef("user"), status=PostStatus.PUBLIC).order_by()
    counted = Coalesce(Subquery(posts.values("author").annotate(n=Count("pk")).values("n")), 0)
    members = Member.objects.filter(user__left_at=None).exclude(approved_count=counted)
    yield from members.select_related("user").order_by("pk").iterator(chunk_size=AT_ONCE)


def unfound_posts() -> Iterator[Post]:
    """Go through the public posts that search does not know."""
    posts = Post.objects.filter(status=PostStatus.PUBLIC, number__isnull=False, search_text=None)
    yield from posts.order_by("pk").iterator(chunk_size=AT_ONCE)


@transaction.atomic
def mend_topic(topic: Topic) -> None:
    """Count the topic anew, and its board. Members may post meanwhile."""
    locked = counters.locked(topic.pk)
    if locked.merged_into_id:  # what was left behind follows the others
        target = counters.locked(locked.merged_into_id)
        hand_over(Post.objects.filter(topic=locked), locked, target)
        counters.recount(counters.locked(target.pk))
    highest = Post.objects.filter(topic=locked).aggregate(Max("number"))["number__max"] or 0
    Topic.objects.filter(pk=locked.pk).update(last_number=max(locked.last_number, highest))
    counters.recount(locked)


@transaction.atomic
def mend_board(board: Board) -> None:
    """Count the board anew."""
    counters.recount_board(board.pk)


def mend_member(member: Member) -> None:
    """Count the posts that became public anew; who posts meanwhile waits for the row."""
    with transaction.atomic():
        locked = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
        locked.approved_count = Post.objects.filter(author=locked.user_id, status=PostStatus.PUBLIC).count()
        locked.save(update_fields=["approved_count"])


def mend_post(post: Post) -> None:
    """Let search find the post."""
    search.write([post.pk])


def _with_posts() -> QuerySet[Topic]:
    posts = Post.objects.filter(topic=OuterRef("pk")).order_by()
    public = posts.filter(status=PostStatus.PUBLIC)
    numbered = posts.filter(number__isnull=False).order_by("number")
    newest = public.order_by(*counters.NEWEST)
    return Topic.objects.order_by("pk").annotate(
        counted=Coalesce(Subquery(public.values("topic").annotate(n=Count("pk")).values("n")), 0),
        highest=Coalesce(Subquery(posts.values("topic").annotate(n=Max("number")).values("n")), 0),
        last=Subquery(newest.values("pk")[:1]),
        newest_at=Subquery(newest.values("published_at")[:1]),
        begun_at=Subquery(numbered.values("published_at")[:1]),
        solved=Subquery(public.filter(pk=OuterRef("solution")).values("pk")[:1]),
    )


ALL = (  # what is wrong, and what mends it
    (wrong_topics, mend_topic),
    (wrong_boards, mend_board),
    (wrong_members, mend_member),
    (unfound_posts, mend_post),
)
