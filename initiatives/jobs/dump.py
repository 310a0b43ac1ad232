"""The open data of the day."""

from datetime import timedelta

from initiatives.exports import dumps
from outbox.jobs import recurring


@recurring(every=timedelta(minutes=5))
def dump_open_data() -> str:
    """Write the dump of a new day, and delete those that are old or hold what was removed since."""
    deleted, made = dumps.forget(), dumps.make()
    deleted += dumps.forget()  # the eighth, where there is a new one
    return f"{made.rows if made else 0} initiatives written, {deleted} dumps deleted"
