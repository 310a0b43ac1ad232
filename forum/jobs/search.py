"""What search compares of posts."""

from datetime import timedelta

from forum.search import writing
from outbox.jobs import recurring


@recurring(every=timedelta(hours=1))
def write_missing_texts_of_posts() -> str:
    """Let posts be found that came without what search compares: older than it, or restored from elsewhere.

    It goes through all posts: `manage.py refresh_forum_search` does so at once.
    """
    return f"{writing.write_missing()} written"
