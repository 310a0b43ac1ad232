"""The counts of requests: old ones are forgotten."""

import time
from datetime import timedelta

from outbox.jobs import recurring
from reg4covid.api import limits

KEPT = 3_600  # seconds


@recurring(every=timedelta(hours=1))
def forget_api_requests() -> str:
    """Delete the counts of clients that have not asked for an hour."""
    return f"{limits.forget(int(time.time()) - KEPT)} forgotten"
