"""Which notices are to be told now, which perhaps later, and which no more: asked when a letter is written, and again
when it leaves.
"""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.rules import has_confirmed_email
from forum import mail_times
from forum.models import Board, Follow, Notice, Post, ReadMark
from forum.querysets import SHOWN_TOPICS
from forum.services.following import mail_settings
from forum.vocabulary import MailChoice, NoticeReason, PostStatus, TopicStatus

MAY_RETURN = datetime.timedelta(days=60)  # since it was noted; what is hidden for longer is news to nobody
BY_NAME = (NoticeReason.EDITED, NoticeReason.MENTION)


def wants_mail(user: User) -> bool:
    """Whether the forum mails the person: they are there, their address is theirs, and they did not say never."""
    if not user.is_active or user.is_system or not has_confirmed_email(user):
        return False
    return mail_settings(user).mail != MailChoice.NEVER


def told_now(numbers: Iterable[int], user: User) -> QuerySet[Notice]:
    """Those of posts that are there for the person now, new to them, and in what they have not switched off."""
    found = Notice.objects.filter(pk__in=numbers, user=user)
    found = found.filter(post__status=Post.Status.PUBLIC, post__topic__status__in=SHOWN_TOPICS)
    found = found.filter(post__topic__board__in=Board.objects.visible_to(user)).exclude(post__author=user)
    off = Follow.objects.filter(user=user, is_on=False)
    found = found.exclude(Exists(off.filter(topic=OuterRef("post__topic"))), ~Q(reason__in=BY_NAME))
    found = found.exclude(Exists(off.filter(board=OuterRef("post__topic__board"))), reason=NoticeReason.BOARD)
    read = ReadMark.objects.filter(user=user, topic=OuterRef("post__topic"), number__gte=OuterRef("post__number"))
    # Whom an edit names was named after they had read.
    found = found.exclude(Exists(read), ~Q(reason=NoticeReason.EDITED))
    return found.select_related("post__topic__board", "post__author", "post__reply_to")


def put_off(numbers: Iterable[int], user: User) -> None:
    """Look again with the person's next letter at those of posts that are not there now, and may come back."""
    hidden = Q(post__topic__status=TopicStatus.HIDDEN) | ~Q(post__status=PostStatus.PUBLIC)
    found = Notice.objects.filter(hidden, pk__in=numbers, user=user, made_at__gt=timezone.now() - MAY_RETURN)
    found = found.exclude(post__status=PostStatus.DELETED)
    rhythm = MailChoice.WEEKLY if mail_settings(user).mail == MailChoice.WEEKLY else MailChoice.DAILY
    found.update(settled_at=None, due_at=mail_times.due(rhythm, timezone.now()))
