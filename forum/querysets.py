"""Reads of the forum. What is public, and what a person may see beyond it, is said here and nowhere else."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import Membership
from accounts.rules import is_moderator
from forum.vocabulary import PostStatus, TopicStatus

SHOWN_TOPICS = (TopicStatus.OPEN, TopicStatus.LOCKED)


def _speaks_for(path: str) -> Prefetch:
    memberships = Membership.objects.confirmed().select_related("organisation__country").order_by("confirmed_at")
    return Prefetch(path, memberships, to_attr="speaks_for")


CONFIRMED = _speaks_for("memberships")  # what stands beside a person's name


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

    def for_list(self) -> Self:
        """By activity, the pinned first, with what a line of a list shows. Two queries."""
        rows = self.select_related("board", "author", "last_post__author", "initiative")
        return rows.order_by("-is_pinned", "-active_at", "-pk")


class PostQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Those that everybody may read."""
        found = self.filter(status=PostStatus.PUBLIC, topic__status__in=SHOWN_TOPICS, topic__board__is_private=False)
        return found.filter(topic__opened_at__isnull=False)

    def with_people(self) -> Self:
        """With author, and what stands beside the name now: organisations of confirmed memberships. Two queries."""
        return self.select_related("author").prefetch_related(_speaks_for("author__memberships"))
