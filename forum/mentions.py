"""Whom a post names by @handle: people who may read it, and not more than a few."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef

from accounts.models import User
from forum import rendering, rules
from forum.models import Board, Mention, Post

MENTIONS_MAX = 10  # people; whom a post names beyond that is not told, and not linked


def mentioned(body: str) -> list[str]:
    """Return the handles that a text mentions, in their order, in small letters; anybody may be called so or not."""
    return rendering.handles_in(body)


def people_named(body: str, board: Board) -> dict[str, User]:
    """Return by handle whom the text mentions of those who may be known to its readers, at most MENTIONS_MAX.

    On a public board these are people who have posted in public, or a link would say who has an account. A handle that
    somebody had before means them still. A query where any is mentioned, and one where nobody is called so now; on a
    private board, whose readers are members and moderators, up to four more for each.
    """
    handles = mentioned(body)[:MENTIONS_MAX]
    if not handles:
        return {}
    people = User.objects.filter(is_active=True, is_system=False)
    if not board.is_private:
        people = people.filter(Exists(Post.objects.public().filter(author=OuterRef("pk"))))
    found = {user.handle: user for user in people.filter(handle__in=handles)}
    if others := [handle for handle in handles if handle not in found]:
        had = people.filter(former_handles__handle__in=others)
        found |= {user.had: user for user in had.annotate(had=F("former_handles__handle"))}
    return {one: found[one] for one in handles if one in found and rules.may_read(found[one], board)}


def remember(post: Post, people: Collection[User]) -> None:
    """Keep whom the post names now. Whom it named before and names still stays as it was."""
    if post.revision > 1:
        Mention.objects.filter(post=post).exclude(user__in=people).delete()
    Mention.objects.bulk_create([Mention(post=post, user=user) for user in people], ignore_conflicts=True)
