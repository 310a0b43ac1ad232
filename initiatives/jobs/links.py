"""The sources of what is public, and of what waits, are found and checked."""

from collections import Counter
from datetime import timedelta

from django.conf import settings

from initiatives.links import registration, rounds
from initiatives.models.link import LinkState
from outbox.jobs import recurring


@recurring(every=timedelta(minutes=5))
def find_links() -> str:
    """Make links of the addresses of new sources, and forget those that no source gives any more."""
    return f"{registration.register()} sources got a link, {registration.forget_unused()} links forgotten"


@recurring(every=timedelta(seconds=30))
def check_links() -> str:
    """Ask for the links that are due: one of each host, some hosts at once, for about ten seconds."""
    if not settings.CHECK_LINKS:
        return "switched off: CHECK_LINKS=0"
    states = Counter(outcome.state for outcome in rounds.check_some())
    words = ", ".join(f"{states[state]} {state}" for state in LinkState.values if states[state])
    return f"{states.total()} checked: {words}" if words else "nothing is due"
