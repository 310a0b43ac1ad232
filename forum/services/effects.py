"""What a move changes beside the status. Called by `moderation.services.transition`, in its transaction."""

import datetime

from django.db.models import F
from django.utils import timezone

from forum import tasks
from forum.models import Member, Post, Topic
from forum.search import writing as search
from forum.services import counters, pictures, titling
from moderation.models import Decision

SILENCES = {f"silence_{days}": datetime.timedelta(days=days) for days in (1, 7, 30)}

REFUSALS = frozenset({"reject", "mark_as_spam", "hide", "uphold_flags"})  # the moves that count against an author


def on_publish(post: Post, decision: Decision) -> None:
    """Give the post its place: it is public from now on, after whatever became public before."""
    settle_flags(post)
    topic = counters.locked(post.topic_id)
    post.waits = []
    if post.number is None:
        topic.last_number += 1
        post.number, post.published_at = topic.last_number, timezone.now()
        post.save(update_fields=["number", "published_at", "waits"])
        counters.add(topic, post)
    else:
        post.save(update_fields=["waits"])
        counters.recount(topic)
        if post.is_first:
            titling.show(topic.pk)
    search.write([post.pk])
    _remember(post, approved_count=1)
    if not post.source:  # of what was brought in nobody is told
        tasks.make_notices.enqueue(post.pk)


def on_restore(post: Post, decision: Decision) -> None:
    """The same for a post that is public again; where a moderator had been against it, that counts no more."""
    moves = post.decisions.exclude(pk=decision.pk).exclude(move="remove_text")  # which judges an earlier text alone
    before = moves.first()
    if before and before.move in REFUSALS:
        _remember(post, refused_count=-1)
    on_publish(post, decision)


def on_withdraw(post: Post, decision: Decision) -> None:
    """Take a post out of every count, and the title with the first one; its place stays its own."""
    if post.number is not None:
        counters.recount(counters.locked(post.topic_id))
        if post.is_first and post.status != Post.Status.DELETED:
            titling.keep_back(post.topic_id)
    if decision.from_status == Post.Status.PUBLIC:  # else it was taken out before
        _remember(post, approved_count=-1)


def on_refuse(post: Post, decision: Decision) -> None:
    """The same, and remember that a moderator was against it."""
    settle_flags(post)
    on_withdraw(post, decision)
    _remember(post, refused_count=1)


def on_delete(post: Post, decision: Decision) -> None:
    """Forget what it said; what quotes it stays as others wrote it. There is nothing left to find wrong."""
    settle_flags(post)
    post.body = post.html = ""
    post.save(update_fields=["body", "html"])
    post.revisions.all().delete()
    post.mentions.all().delete()
    pictures.let_go([post])
    on_withdraw(post, decision)
    titling.forget(Post.objects.filter(pk=post.pk))


def on_flags_dismissed(post: Post, decision: Decision) -> None:
    """The post stays as it is: a moderator has looked."""
    settle_flags(post)


def on_flags_upheld(post: Post, decision: Decision) -> None:
    """It stays hidden, and counts against its author."""
    settle_flags(post)
    _remember(post, refused_count=1)


def settle_flags(post: Post) -> None:
    if post.flagged_at is not None:
        post.flags.filter(settled_at=None).update(settled_at=timezone.now())
        post.flagged_at = None
        post.save(update_fields=["flagged_at"])


def on_silence(member: Member, decision: Decision) -> None:
    """Note until when; a silence ends by itself."""
    member.silenced_until = timezone.now() + SILENCES[decision.move] if decision.move in SILENCES else None
    member.save(update_fields=["silenced_until"])


def on_topic(topic: Topic, decision: Decision) -> None:
    """Count its board anew: a topic that is hidden or merged is in no count."""
    counters.recount_board(topic.board_id)


def on_pin(topic: Topic, decision: Decision) -> None:
    topic.is_pinned = decision.move == "pin"
    topic.save(update_fields=["is_pinned"])


def on_forget_merged(topic: Topic, decision: Decision) -> None:
    """Tell nobody any more what the topics were called that were merged into this one."""
    topic.took_in = ""
    topic.save(update_fields=["took_in"])


def _remember(post: Post, **changes: int) -> None:
    Member.objects.get_or_create(user_id=post.author_id)
    known = Member.objects.filter(user_id=post.author_id)
    for name, change in changes.items():
        known.filter(**{f"{name}__gte": -change}).update(**{name: F(name) + change})
