"""What search compares is kept up to date."""

from datetime import timedelta

from initiatives.search import following, vocabulary
from outbox.jobs import recurring


@recurring(every=timedelta(seconds=5))
def renew_search_texts() -> str:
    """Write anew the texts of initiatives that have changed, whatever changed about them."""
    return f"{following.catch_up()} written"


@recurring(every=timedelta(minutes=10))
def count_words() -> str:
    """Count the words of the next texts, for "did you mean"."""
    return f"the words of {vocabulary.count_some()} counted"
