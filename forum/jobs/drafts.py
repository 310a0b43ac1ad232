"""Old drafts of posts."""

from datetime import timedelta

from forum.services import drafts
from outbox.jobs import recurring


@recurring(every=timedelta(hours=24))
def clear_away_old_posts_in_writing() -> str:
    """Delete drafts of posts that nobody came back to."""
    return f"{drafts.delete_old()} deleted"
