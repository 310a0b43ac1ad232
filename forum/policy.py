"""Whether a post waits for a moderator. This module alone decides it, by what its readers would see and who wrote it.

Trust grows by posts that became public. Nothing here depends on a language or on words of our own: staff keep a list.
"""

import datetime
from collections.abc import Collection

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import Membership, User
from accounts.rules import is_moderator
from forum import rendering, seen
from forum.models import Member, Post, Watchword
from forum.vocabulary import Waits

NEW_UNTIL = 2  # posts that became public: with fewer a member is new, and every post waits
TRUSTED_FROM = 10  # with as many, links and bursts are no reason any more
LINKS_MAX = 2  # in a post of a member who is not trusted yet
NEW_FOR = datetime.timedelta(days=7)  # after joining a member who is not trusted yet posts no link unseen
BURST, BURST_TIME = 5, datetime.timedelta(minutes=10)  # posts of a member who is not trusted yet
REPEATED_TIME, REPEATED_MIN = datetime.timedelta(days=30), 40  # since then; characters

HIDING_FLAGS = 3  # of trusted members who share no organisation hide a post until a moderator has looked

_CONFIRMED = Prefetch("memberships", Membership.objects.confirmed(), to_attr="speaks_for")


def reasons_to_wait(
    author: User,
    body: str,
    *,
    html: str = "",
    title: str = "",
    besides: int | None = None,
    signs: Collection[str] = (),
) -> list[Waits]:
    """Return why a post of `author` with this text has to wait; nothing where it may appear at once.

    `html` is what the text was drawn as, if it was; `besides` is the number of the post itself where it is stored
    already, `signs` are those of a program that its form bore (`forum.traps`). Up to four queries.
    """
    if is_moderator(author):
        return []
    member = Member.objects.filter(user=author).first() or Member(user=author)
    html = html or rendering.render(body)
    found = [
        (Waits.NEW_MEMBER, member.approved_count < NEW_UNTIL),
        (Waits.WORDS, _has_watched_word(html, title)),
        (Waits.REPEATED, _is_repeated(author, body, besides)),
        (Waits.LURED, Waits.LURED in signs),
    ]
    if not is_trusted(member):
        links = seen.links(html, title)
        found += [
            (Waits.LINKS, links > LINKS_MAX),
            (Waits.NEW_WITH_LINK, links > 0 and timezone.now() - author.date_joined < NEW_FOR),
            (Waits.BURST, _is_burst(author, besides)),
            (Waits.HURRIED, Waits.HURRIED in signs),  # with a record one may thank in a second
        ]
    return [reason for reason, holds in found if holds]


def is_new(user: User) -> bool:
    """Whether every text of the person waits, a changed one too. Up to two queries."""
    if is_moderator(user):
        return False
    return not Member.objects.filter(user=user, approved_count__gte=NEW_UNTIL).exists()


def is_trusted(member: Member) -> bool:
    """Whether a member has a record: many posts that became public, and few that were refused."""
    return member.approved_count >= TRUSTED_FROM and member.refused_count * 5 <= member.approved_count


def _has_watched_word(html: str, title: str) -> bool:
    watched = list(Watchword.objects.values_list("folded", flat=True))
    words = seen.Words(html, title) if watched else None
    return words is not None and any(map(words.have, watched))


def _is_burst(author: User, besides: int | None) -> bool:
    recent = Post.objects.filter(author=author, created_at__gt=timezone.now() - BURST_TIME).exclude(pk=besides)
    return recent[:BURST].count() >= BURST


def _is_repeated(author: User, body: str, besides: int | None) -> bool:
    """Whether the member has said the same before, or said so what was refused."""
    if len(body) < REPEATED_MIN:
        return False
    earlier = Post.objects.filter(author=author, created_at__gt=timezone.now() - REPEATED_TIME).exclude(pk=besides)
    return earlier.filter(body=body).exists()


def flags_hide(post: Post) -> bool:
    """Whether so many flag the post, each trusted and of another organisation, that it is hidden for now. Two queries.

    One organisation has one voice, however many accounts it has.
    """
    people = User.objects.filter(flags__post=post, flags__settled_at=None, is_active=True).select_related("member")
    voices = [user for user in people.prefetch_related(_CONFIRMED) if _is_voice(user)]
    found: list[set[int]] = []
    for user in voices:
        theirs = {membership.organisation_id for membership in user.speaks_for}
        if not any(theirs & others for others in found):
            found.append(theirs)
    return len(found) >= HIDING_FLAGS


def _is_voice(user: User) -> bool:
    return is_moderator(user) or hasattr(user, "member") and is_trusted(user.member)
