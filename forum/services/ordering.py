"""What moderators do with whole topics: move, merge, split. Each writes its decision; addresses of posts go on."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import Board, Draft, Follow, Post, Topic
from forum.models.topic import slug_of
from forum.search import writing as search
from forum.services import counters, following, marking
from moderation.services import transition

TOLD_MAX = 5  # titles of topics that were merged into one, on its page


@transaction.atomic
def move(topic: Topic, to: Board, *, by: User, public_reason: str = "") -> None:
    """Put the topic on another board. Raises ValidationError where it is there already. `topic` is refreshed."""
    origin = topic.board
    if origin == to:
        raise ValidationError(_("The topic is on this board already."))
    counters.locked(topic.pk)
    marking.leave_board(topic)
    Topic.objects.filter(pk=topic.pk).update(board=to)  # before the letter, which says where it is
    transition(topic, "move", by=by, public_reason=public_reason, private_note=f"{origin.slug} → {to.slug}")
    for board in sorted((origin, to), key=lambda one: one.pk):
        counters.recount_board(board.pk)
    topic.refresh_from_db()


@transaction.atomic
def merge(topic: Topic, into: Topic, *, by: User, public_reason: str = "") -> None:
    """Put the posts of a topic behind those of another one, in their order; the address of the first leads there.

    Raises ValidationError for a topic and itself, and where one of them is not there (any more). Both are refreshed.
    """
    if topic.pk == into.pk:
        raise ValidationError(_("Choose another topic."))
    _lock(Post.objects.filter(topic=topic))
    locked = {pk: counters.locked(pk) for pk in sorted((topic.pk, into.pk))}
    target = locked[into.pk]
    if not locked[topic.pk].is_shown:
        raise ValidationError(_("This topic was hidden or merged meanwhile."))
    if target.opened_at is None or not target.is_shown:
        raise ValidationError(_("There is no such topic."))
    Topic.objects.filter(pk=topic.pk).update(merged_into=target, is_pinned=False, kept_title="")
    Topic.objects.filter(merged_into=topic).update(merged_into=target)
    Topic.objects.filter(pk=target.pk).update(took_in="\n".join(_titles_now(target, locked[topic.pk])))
    transition(topic, "merge", by=by, public_reason=public_reason, private_note=f"→ {target.pk}")
    begins = list(Post.objects.filter(topic=topic, is_first=True).values_list("pk", flat=True))  # with the title
    if topic.board_id != target.board_id:
        marking.leave_board(topic)
    hand_over(Post.objects.filter(topic=topic), topic, target)
    _take_along(topic, target)
    following.take_along(topic, target)
    Follow.objects.filter(topic=topic).delete()
    topic.read_marks.all().delete()
    for pk in sorted((topic.pk, into.pk)):
        counters.recount(counters.locked(pk))
    search.write(begins)
    topic.refresh_from_db()
    into.refresh_from_db()


@transaction.atomic
def split(topic: Topic, posts: Iterable[Post], *, title: str, by: User, public_reason: str = "") -> Topic:
    """Make a new topic of some posts of a topic, on the same board, and return it. `topic` is refreshed.

    Raises ValidationError where none is chosen, one is of another topic, or the first post is among them.
    """
    chosen = _lock(Post.objects.filter(pk__in=[post.pk for post in posts]))
    public = [post for post in chosen if post.is_public]
    if not public or any(post.topic_id != topic.pk for post in chosen):
        raise ValidationError(_("Choose posts of this topic."))
    if any(post.is_first for post in chosen):
        raise ValidationError(_("The first post stays: choose those that follow it."))
    if not counters.locked(topic.pk).is_shown:
        raise ValidationError(_("This topic was hidden or merged meanwhile."))
    made = Topic(board=topic.board, title=title, slug=slug_of(title), language=topic.language, author=public[0].author)
    made.split_from = topic
    made.save(force_insert=True)
    transition(topic, "split", by=by, public_reason=public_reason, private_note=f"→ {made.pk}")
    hand_over(Post.objects.filter(pk__in=[post.pk for post in chosen]), topic, made)
    Post.objects.filter(pk=public[0].pk).update(is_first=True)
    following.take_along(topic, made)
    for pk in (topic.pk, made.pk):
        counters.recount(counters.locked(pk))
    search.write([public[0].pk])  # it has a title now
    topic.refresh_from_db()
    made.refresh_from_db()
    return made


def _titles_now(into: Topic, topic: Topic) -> list[str]:
    """Return the titles that everybody could read and that are found in `into` now."""
    own = [topic.title] if topic.is_listed and not topic.board.is_private and not topic.kept_title else []
    return list(dict.fromkeys([*into.merged_titles, *topic.merged_titles, *own]))[-TOLD_MAX:]


def _take_along(topic: Topic, into: Topic) -> None:
    """Give `into` what it is about, where it is about nothing yet, and the drafts of those who have none there."""
    Topic.objects.filter(pk=into.pk, initiative=None).update(initiative=topic.initiative_id)
    writing = Draft.objects.filter(topic=into).values("user")
    Draft.objects.filter(topic=topic).exclude(user__in=writing).update(topic=into)


def _lock(posts: QuerySet[Post]) -> list[Post]:
    """Lock the posts and return them as they stand. Before their topics: whoever decides on a post locks it first.

    Not their keys: who quotes one of them has locked the topic, and looks for the post at the very end.
    """
    locked = list(posts.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    return list(Post.objects.filter(pk__in=locked).order_by("number", "pk"))


_MOVE = """
    UPDATE forum_post SET topic_id = %s, is_first = false, number = moved.place
    FROM (SELECT id, CASE WHEN number IS NOT NULL THEN %s + row_number() OVER (ORDER BY number, id) END place
        FROM forum_post WHERE id = ANY(%s)) moved
    WHERE forum_post.id = moved.id
"""


def hand_over(posts: QuerySet[Post], origin: Topic, to: Topic) -> None:
    """Give the posts new numbers behind those of the (locked) topic `to`; what has none waits there."""
    last = Topic.objects.values_list("last_number", flat=True).get(pk=to.pk)
    chosen = dict(posts.order_by("number").values_list("pk", "number"))
    numbers = [number for number in chosen.values() if number is not None]
    marking.carry_over(numbers, origin=origin.pk, to=to.pk, last=last)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [to.pk, last, list(chosen)])
    Topic.objects.filter(pk=to.pk).update(last_number=last + len(numbers))
