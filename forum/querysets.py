"""Reads of the forum. What is public, and what a person may see beyond it, is said here and nowhere else."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.rules import is_moderator
from forum.vocabulary import PostStatus, TopicStatus

SHOWN_TOPICS = (TopicStatus.OPEN, TopicStatus.LOCKED)


class BoardQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Those that everybody may read."""
        return self.filter(is_private=False)

    def visible_to(self, user) -> Self:
        """The public ones, and the private ones that the person belongs to; moderators see all."""
        if not user.is_authenticated:
            return self.public()
        if is_moderator(user):
            return self
        mine = self.model.members.through.objects.filter(board_id=OuterRef("pk"), user_id=user.pk)
        return self.filter(Q(is_private=False) | Exists(mine))


class TopicQuerySet(models.QuerySet):
    def listed(self) -> Self:
        """Those that are there for whoever may read their board."""
        return self.filter(status__in=SHOWN_TOPICS, opened_at__isnull=False)

    def public(self) -> Self:
        """Those that everybody may read."""
        return self.listed().filter(board__is_private=False)


class PostQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Those that everybody may read."""
        found = self.filter(status=PostStatus.PUBLIC, topic__status__in=SHOWN_TOPICS, topic__board__is_private=False)
        return found.filter(topic__opened_at__isnull=False)
