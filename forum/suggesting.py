"""Whom somebody means who types @ and the beginning of a name: of those who read the same board."""

from django.db.models import OuterRef, Subquery

from accounts.models import User
from forum.models import Board, Post, Topic

SUGGESTED_MAX = 8  # people
LOOKED_AT = 1_000  # whose handles begin so: of more one letter more tells
RECENT = 200  # posts of the topic whose authors are found by name too


def people(beginning: str, board: Board, topic: Topic | None = None) -> list[User]:
    """Return people whose handle begins so, and whose name does where they speak in the topic. Up to two queries.

    On a public board these are people who have posted in public, so that nobody is found who was never seen; on a
    private one its members.
    """
    known = named = User.objects.filter(is_active=True, is_system=False)
    if board.is_private:
        known = named = known.filter(boards=board)
    else:  # a post of each, and not whether there is any: else the database goes through all that was ever said
        public = Post.objects.public().filter(author=OuterRef("pk")).order_by()
        known = known.alias(public=Subquery(public.values("pk")[:1])).filter(public__isnull=False)
    named = named.filter(handle__startswith=beginning.lower()).order_by("handle")[:LOOKED_AT]
    found = list(known.filter(pk__in=named.values("pk")).order_by("handle")[:SUGGESTED_MAX])
    if topic is not None:
        recent = Post.objects.filter(topic=topic, status=Post.Status.PUBLIC).order_by("-number")[:RECENT]
        speakers = known.filter(pk__in=list(recent.values_list("author", flat=True)))
        called = [user for user in speakers if user.name.casefold().startswith(beginning.casefold())]
        found = [*called, *(user for user in found if user not in called)]
    return found[:SUGGESTED_MAX]
