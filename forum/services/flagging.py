"""Members say that something is wrong with a post."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from forum import policy, rules
from forum.models import Flag, Post
from moderation.services import MoveRefused, transition

MACHINE = ("forum", "The forum itself")  # handle and name of its account


@transaction.atomic
def flag(post: Post, *, by: User, reason: str, note: str = "") -> bool:
    """Note that `by` finds something wrong with the post; moderators see it in their queue. False where they did so.

    Enough independent flags hide the post until a moderator has looked (`forum.policy`). Raises PermissionDenied.
    """
    stored = Post.objects.select_for_update(no_key=True, of=("self",)).select_related("topic__board").get(pk=post.pk)
    if not rules.may_flag(by, stored):
        raise PermissionDenied
    said = {"reason": reason, "note": note}
    _flag, made = Flag.objects.get_or_create(post=stored, revision=stored.revision, by=by, defaults=said)
    if made:
        Post.objects.filter(pk=stored.pk, flagged_at=None).update(flagged_at=timezone.now())
        if policy.flags_hide(stored):
            _hide(stored)
    post.refresh_from_db()
    return made


def flags_for(user: User, post: Post) -> QuerySet[Flag]:
    """Return who found what wrong, for who judges the post: its author is not told, a moderator or not."""
    return post.flags.select_related("by") if rules.judges(user, post) else post.flags.none()


def _hide(post: Post) -> None:
    try:
        transition(post, "hide_by_flags", by=User.objects.system(*MACHINE))
    except MoveRefused:  # a moderator was quicker
        return
