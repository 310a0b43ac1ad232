"""Which answer solved the topic."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import Post, Topic
from forum.services import counters
from moderation.services import transition

NO_REPLY = _("Only a public reply of this topic can be its solution.")


@transaction.atomic
def mark_solution(topic: Topic, post: Post | None, *, by: User) -> bool:
    """Say that a reply solved the topic, or with None that none did; False where it was so already. A move records it.

    Raises ValidationError where the post is no public reply of the topic, PermissionDenied, MoveRefused. `topic` is
    refreshed. What is hidden or deleted later is no solution any more (`counters.recount`).
    """
    locked = counters.locked(topic.pk)
    if post and not Post.objects.filter(pk=post.pk, topic=locked, status=Post.Status.PUBLIC, is_first=False).exists():
        raise ValidationError(NO_REPLY)
    changed = locked.solution_id != (post.pk if post else None)
    if changed:
        transition(topic, "solve" if post else "unsolve", by=by, private_note=f"→ {post.pk}" if post else "")
        Topic.objects.filter(pk=topic.pk).update(solution=post)
    topic.refresh_from_db()
    return changed
