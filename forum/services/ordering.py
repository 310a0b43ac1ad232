"""What moderators do with whole topics: move, merge, split. Each writes its decision; addresses of posts go on."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import Board, Post, Topic
from forum.models.topic import slug_of
from forum.search import writing as search
from forum.services import counters, marking
from moderation.services import transition


@transaction.atomic
def move(topic: Topic, to: Board, *, by: User, public_reason: str = "") -> None:
    """Put the topic on another board. Raises ValidationError where it is there already. `topic` is refreshed."""
    origin = topic.board
    if origin == to:
        raise ValidationError(_("The topic is on this board already."))
    transition(topic, "move", by=by, public_reason=public_reason, private_note=f"{origin.slug} → {to.slug}")
    marking.leave_board(topic)
    Topic.objects.filter(pk=topic.pk).update(board=to)
    for board in sorted((origin, to), key=lambda one: one.pk):
        counters.recount_board(board.pk)
    topic.refresh_from_db()


@transaction.atomic
def merge(topic: Topic, into: Topic, *, by: User, public_reason: str = "") -> None:
    """Put the posts of a topic behind those of another one, in their order; the address of the first leads there.

    Raises ValidationError for a topic and itself, and where the other one is not there. Both are refreshed.
    """
    if topic.pk == into.pk:
        raise ValidationError(_("Choose another topic."))
    locked = {pk: counters.locked(pk) for pk in sorted((topic.pk, into.pk))}
    target = locked[into.pk]
    if target.opened_at is None or target.status not in (Topic.Status.OPEN, Topic.Status.LOCKED):
        raise ValidationError(_("There is no such topic."))
    Topic.objects.filter(pk=topic.pk).update(merged_into=target, is_pinned=False)
    Topic.objects.filter(merged_into=topic).update(merged_into=target)
    transition(topic, "merge", by=by, public_reason=public_reason, private_note=f"→ {target.pk}")
    begins = list(Post.objects.filter(topic=topic, is_first=True).values_list("pk", flat=True))  # with the title
    if topic.board_id != target.board_id:
        marking.leave_board(topic)
    _hand_over(Post.objects.filter(topic=topic), topic, target)
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
    chosen = list(Post.objects.filter(pk__in=[post.pk for post in posts]).order_by("number", "pk"))
    public = [post for post in chosen if post.is_public]
    if not public or any(post.topic_id != topic.pk for post in chosen):
        raise ValidationError(_("Choose posts of this topic."))
    if any(post.is_first for post in chosen):
        raise ValidationError(_("The first post stays: choose those that follow it."))
    counters.locked(topic.pk)
    made = Topic(board=topic.board, title=title, slug=slug_of(title), language=topic.language, author=public[0].author)
    made.save(force_insert=True)
    transition(topic, "split", by=by, public_reason=public_reason, private_note=f"→ {made.pk}")
    _hand_over(Post.objects.filter(pk__in=[post.pk for post in chosen]), topic, made)
    for pk in (topic.pk, made.pk):
        counters.recount(counters.locked(pk))
    search.write([public[0].pk])  # it has a title now
    topic.refresh_from_db()
    made.refresh_from_db()
    return made


def _hand_over(posts: QuerySet[Post], origin: Topic, to: Topic) -> None:
    """Give the posts new numbers behind those of the (locked) topic `to`; what has none waits there."""
    begins = not Post.objects.filter(topic=to).exists()
    last = Topic.objects.values_list("last_number", flat=True).get(pk=to.pk)
    numbers = list(posts.exclude(number=None).order_by("number").values_list("number", flat=True))
    marking.carry_over(numbers, origin=origin.pk, to=to.pk, last=last)
    for post in posts.order_by("number", "pk"):
        if post.number is not None:
            last += 1
        number = None if post.number is None else last
        is_first = begins and number == 1
        Post.objects.filter(pk=post.pk).update(topic=to, number=number, is_first=is_first)
    Topic.objects.filter(pk=to.pk).update(last_number=last)
