"""The earlier texts of a post: one change at a time, for comparing long texts is work."""

from dataclasses import dataclass
from datetime import datetime

from common import diff
from common.diff import EQUAL, Segment
from forum.models import Post, PostRevision

NUMBER_MAX = 2**31 - 1  # of a text


@dataclass(frozen=True)
class Change:
    """From one text of a post to the next: when, both sides in segments, and the numbers of the changes beside it.

    A side is None where a moderator has removed that text.
    """

    number: int  # of the newer text
    changed_at: datetime
    before_number: int
    before: list[Segment] | None
    after: list[Segment] | None
    earlier: int | None
    later: int | None


def change_of(post: Post, number: int | None = None) -> Change | None:
    """Return the change that made the text of this number, or the last one; None where it is not kept. Two queries."""
    number = post.revision if number is None else number
    if not 0 < number <= NUMBER_MAX:
        return None
    texts = list(post.revisions.filter(number__lte=number).order_by("-number")[:3])
    if number == post.revision:
        changed_at, after, later = post.edited_at or post.created_at, post.body, None
    elif texts and texts[0].number == number:
        newer = texts.pop(0)
        changed_at, after = newer.written_at, _said(newer)
        following = post.revisions.filter(number__gt=number).order_by("number").values_list("number", flat=True)
        later = following.first() or post.revision
    else:
        return None
    if not texts:
        return None
    earlier = texts[0].number if len(texts) > 1 else None
    return Change(number, changed_at, texts[0].number, *_sides(_said(texts[0]), after), earlier, later)


def _said(text: PostRevision) -> str | None:
    return text.body if text.removed_at is None else None


def _sides(before: str | None, after: str | None) -> tuple[list[Segment] | None, list[Segment] | None]:
    if before is not None and after is not None:
        return diff.words(before, after)
    return _whole(before), _whole(after)


def _whole(text: str | None) -> list[Segment] | None:
    """Return the text where there is nothing to compare it with."""
    return None if text is None else [Segment(text, EQUAL)]
