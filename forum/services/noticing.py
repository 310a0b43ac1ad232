"""Whom a post concerns: a notice for each, in batches, in the background. Doing it twice makes no notice twice."""

import datetime
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from forum import mail_times
from forum.models import Follow, Mention, Notice, Post
from forum.querysets import SHOWN_TOPICS
from forum.vocabulary import MailChoice, NoticeReason

BATCH = 500  # people
STALE = datetime.timedelta(days=7)  # what became public so long ago is told to nobody any more


def make_notices(post_id: int) -> int:
    """Note for everybody whom a public post concerns that they are to be told; return how many people were looked at.

    What was brought in from another forum is told to nobody.
    A mention and a reply come before a topic that somebody follows, and that before a board: the first reason stands.
    """
    post = _public(post_id)
    if post is None:
        return 0
    looked_at = _notice_mentioned(post)
    if post.published_at < timezone.now() - STALE:
        return looked_at
    every = (_notice(post, reason, batch) for reason, people in _concerned(post) for batch in _batches(people))
    return looked_at + sum(every)


def notice_mentioned(post_id: int) -> int:
    """The same for those alone whom the post names, and did not before it was edited."""
    post = _public(post_id)
    return _notice_mentioned(post) if post else 0


def _public(post_id: int) -> Post | None:
    posts = Post.objects.filter(status=Post.Status.PUBLIC, topic__status__in=SHOWN_TOPICS, source="")
    return posts.select_related("topic__board", "reply_to").filter(pk=post_id).first()


def _notice_mentioned(post: Post) -> int:
    """Whom an edit named is told of it though they were told of the post, and have read it, before."""
    unheard = Mention.objects.filter(post=post, told_at=None)
    rows = list(unheard.values_list("user_id", "made_at"))
    if not rows:
        return 0
    early = [user for user, made_at in rows if made_at <= post.published_at]
    late = [user for user, made_at in rows if made_at > post.published_at]
    with transaction.atomic():
        unheard.filter(user__in=[*early, *late]).update(told_at=timezone.now())
        others = [NoticeReason.REPLY, NoticeReason.TOPIC, NoticeReason.BOARD]
        Notice.objects.filter(post=post, user__in=late, reason__in=others).delete()
        return _notice(post, NoticeReason.MENTION, early) + _notice(post, NoticeReason.EDITED, late)


def _concerned(post: Post) -> Iterator[tuple[NoticeReason, QuerySet]]:
    """Numbers of people, by the reason; of those who follow, only who did so when the post became public."""
    off = Follow.objects.filter(topic=post.topic_id, is_on=False)
    if post.reply_to:
        answered = User.objects.filter(pk=post.reply_to.author_id).exclude(pk__in=off.values("user"))
        yield NoticeReason.REPLY, answered.values_list("pk", flat=True)
    following = Follow.objects.filter(is_on=True, made_at__lte=post.published_at)
    yield NoticeReason.TOPIC, following.filter(topic=post.topic_id).values_list("user_id", flat=True)
    boards = following.filter(board=post.topic.board_id).exclude(Exists(off.filter(user=OuterRef("user"))))
    yield NoticeReason.BOARD, boards.values_list("user_id", flat=True)


def _batches(people: QuerySet) -> Iterator[list[int]]:
    """From place to place, so that none costs more than another."""
    column = "pk" if people.model is User else "user_id"
    rows, batch = people.order_by(column), [0]
    while batch:
        found = list(rows.filter(**{f"{column}__gt": batch[-1]})[:BATCH])
        if found:
            yield found
        batch = found if len(found) == BATCH else []


def _notice(post: Post, reason: NoticeReason, batch: Iterable[int]) -> int:
    people = User.objects.filter(pk__in=batch, is_active=True, is_system=False).exclude(pk=post.author_id)
    if post.topic.board.is_private:  # looked at again, exactly, when the letter is written
        people = people.filter(Q(boards=post.topic.board_id) | Q(is_staff=True)).distinct()
    now = timezone.now()
    chosen = people.exclude(forum_mail__mail=MailChoice.NEVER).values_list("pk", "forum_mail__mail")
    notices = [
        Notice(user_id=pk, post=post, reason=reason, due_at=mail_times.due(mail or MailChoice.DAILY, now))
        for pk, mail in chosen
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)
