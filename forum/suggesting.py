"""Whom somebody means who types @ and the beginning of a name: of those who read the same board."""

from django.db.models import Exists, OuterRef

from accounts.models import User
from forum.models import Board, Post, Topic

SUGGESTED_MAX = 8  # people
RECENT = 200  # posts of the topic whose authors are found by name too


def people(beginning: str, board: Board, topic: Topic | None = None) -> list[User]:
    """Return people whose handle begins so, and whose name does where they speak in the topic. Up to two queries.

    On a public board these are people who have posted in public, so that nobody is found who was never seen; on a
    private one its members.
    """
    known = User.objects.filter(is_active=True, is_system=False)
    if board.is_private:
        known = known.filter(boards=board)
    else:  # the count comes first, for it is cheap; it counts what was said on private boards too
        seen = Exists(Post.objects.public().filter(author=OuterRef("pk")))
        known = known.filter(seen, member__approved_count__gt=0)
    found = list(known.filter(handle__startswith=beginning.lower()).order_by("handle")[:SUGGESTED_MAX])
    if topic is not None:
        recent = Post.objects.filter(topic=topic, status=Post.Status.PUBLIC).order_by("-number")[:RECENT]
        speakers = known.filter(pk__in=list(recent.values_list("author", flat=True)))
        named = [user for user in speakers if user.name.casefold().startswith(beginning.casefold())]
        found = [*named, *(user for user in found if user not in named)]
    return found[:SUGGESTED_MAX]
