"""The log of changes: old rows are forgotten."""

from datetime import timedelta

from initiatives import changes
from outbox.jobs import recurring


@recurring(every=timedelta(hours=1))
def forget_old_changes() -> str:
    """Delete rows of the log that every reader has read, or will not need any more."""
    return f"{changes.prune()} forgotten"
