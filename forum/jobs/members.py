"""Letters to members, and what is forgotten of what they read and followed."""

from datetime import timedelta

from forum.services import marking, telling
from outbox.jobs import recurring


@recurring(every=timedelta(seconds=20))
def tell_members_of_posts() -> str:
    """Write the letters and digests that are due."""
    return f"{telling.tell_due()} letters written"


@recurring(every=timedelta(hours=6))
def forget_what_is_not_new() -> str:
    """Delete marks and notices that nothing depends on any more."""
    return f"{marking.forget_old()} marks, {telling.forget_settled()} notices forgotten"
