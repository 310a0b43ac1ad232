"""Posts that wait, in the queue of the admin's start page."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from forum.models import Post
from forum.vocabulary import FlagReason, PostStatus, Waits
from moderation.queue import Row, Source, register, words_in


class WaitingPosts(Source):
    """Posts that `forum.policy` holds back."""

    kind, label, model, since = "post", gettext_lazy("posts in the forum"), Post, "created_at"

    def waiting(self) -> QuerySet:
        return Post.objects.filter(status=PostStatus.WAITING)

    def narrow_language(self, value: str, user: User) -> Q:
        return Q(topic__language=value)

    def narrow_q(self, value: str, user: User) -> Q:
        return words_in(["topic__title", "topic__kept_title", "body", "author__name"], value)

    def rows(self, keys: Sequence[int], *, user: User) -> Mapping[int, Row]:
        found = self.waiting().filter(pk__in=keys).select_related("topic__board", "author")
        return {post.pk: self._row(post) for post in found.prefetch_related("flags")}

    def marks(self, post: Post) -> list[str]:
        labels = dict(Waits.choices)
        return [str(labels[code]) for code in post.waits if code in labels]

    def _row(self, post: Post) -> Row:
        return Row(
            title=post.topic.own_title,
            url=reverse("admin:forum_post_change", args=[post.pk]),
            lang=post.topic.language_code,
            notes=[post.topic.board.label, post.author.name, post.moderation_name],
            marks=self.marks(post),
        )

    def act(self, key: int, name: str, *, by: User) -> str:
        raise PermissionDenied  # decided on its own page, or many at once


class FlaggedPosts(WaitingPosts):
    """Posts with which members find something wrong, hidden meanwhile or not."""

    kind, label, since = "flag", gettext_lazy("flagged posts"), "flagged_at"

    def waiting(self) -> QuerySet:
        return Post.objects.filter(flagged_at__isnull=False)

    def marks(self, post: Post) -> list[str]:
        labels = dict(FlagReason.choices)
        reasons = [flag.reason for flag in post.flags.all() if flag.settled_at is None]
        return [str(labels[reason]) for reason in dict.fromkeys(reasons)]


def register_all() -> None:
    register(WaitingPosts())
    register(FlaggedPosts())
