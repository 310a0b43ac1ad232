"""Old drafts of posts, and pictures that no post shows."""

from datetime import timedelta

from forum.services import drafts, pictures
from outbox.jobs import recurring


@recurring(every=timedelta(hours=24))
def clear_away_old_posts_in_writing() -> str:
    """Delete drafts of posts that nobody came back to, and pictures that nothing shows."""
    return f"{drafts.delete_old()} drafts, {pictures.delete_unused()} pictures deleted"
