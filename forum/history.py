"""The earlier texts of a post, and what changed from each to the next."""

from dataclasses import dataclass
from datetime import datetime

from common import diff
from common.diff import Segment
from forum.models import Post


@dataclass(frozen=True)
class Change:
    """From one text of a post to the next: when, and both sides in segments."""

    number: int  # of the newer text
    changed_at: datetime
    before: list[Segment]
    after: list[Segment]


def changes_of(post: Post) -> list[Change]:
    """Return what changed, newest first. One query."""
    texts = [(one.number, one.written_at, one.body) for one in post.revisions.order_by("number")]
    texts.append((post.revision, post.edited_at or post.created_at, post.body))
    pairs = zip(texts, texts[1:], strict=False)
    found = [Change(number, at, *diff.words(old, new)) for (_n, _at, old), (number, at, new) in pairs]
    return found[::-1]
