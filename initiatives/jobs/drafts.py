"""Old drafts: a warning after eleven months, an end after twelve."""

from datetime import timedelta

from initiatives import services
from outbox.jobs import recurring


@recurring(every=timedelta(hours=6))
def clear_away_old_drafts() -> str:
    """Tell the authors of old drafts, and delete those whose authors were told long enough ago."""
    warned, deleted = services.warn_of_deletion(), services.delete_old_drafts()
    return f"{warned} told of, {deleted} deleted"
