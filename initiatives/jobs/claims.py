"""Claims that were forgotten."""

from datetime import timedelta

from initiatives.services.claims import release_old_claims
from outbox.jobs import recurring


@recurring(every=timedelta(minutes=10))
def release_claims() -> str:
    """Give back to everybody what somebody claimed and left lying."""
    return f"{release_old_claims()} released"
