"""Whom a post names by @handle: people who may read it, and not more than a few."""

from collections.abc import Sequence

from accounts.models import User
from forum import rendering, rules
from forum.models import Board, Mention, Post

MENTIONS_MAX = 10  # people; whom a post names beyond that is not told, and not linked


def mentioned(body: str) -> list[str]:
    """Return the handles that a text mentions, in their order, in small letters; anybody may be called so or not."""
    return rendering.handles_in(body)


def people_named(body: str, board: Board) -> list[User]:
    """Return whom the text mentions of those who may read the board, at most MENTIONS_MAX. A query where there is any.

    On a private board up to four more for each: who is a moderator reads it too.
    """
    handles = mentioned(body)[:MENTIONS_MAX]
    if not handles:
        return []
    found = {user.handle: user for user in User.objects.filter(handle__in=handles, is_active=True, is_system=False)}
    return [found[handle] for handle in handles if handle in found and rules.may_read(found[handle], board)]


def remember(post: Post, people: Sequence[User]) -> None:
    """Keep whom the post names now. Whom it named before and names still stays as it was."""
    if post.revision > 1:
        Mention.objects.filter(post=post).exclude(user__in=people).delete()
    Mention.objects.bulk_create([Mention(post=post, user=user) for user in people], ignore_conflicts=True)
