"""How long to leave a host and a page in peace."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# A page
WORKING = timedelta(days=7)  # until it is asked for again
FAILING = (timedelta(days=1), timedelta(days=2), timedelta(days=4))  # after the first, second, third failure
POSTPONED = timedelta(days=1)
# A host
PAUSE = timedelta(seconds=10)  # between two pages
LONGEST_PAUSE = timedelta(hours=1)  # whatever its robots.txt wants
TOO_OFTEN = timedelta(hours=1)  # after "too many requests" that says no time
FIRST_BACK_OFF, LONGEST_BACK_OFF = timedelta(minutes=1), timedelta(days=1)
LONGEST_WAIT = timedelta(days=7)  # whatever Retry-After says


def next_check(failures: int) -> timedelta:
    """Return how long until the page is asked for again, after so many failures in a row."""
    if not failures:
        return WORKING
    return FAILING[failures - 1] if failures <= len(FAILING) else WORKING


def back_off(failures: int) -> timedelta:
    """Return how long a host is left alone that has not answered so many times in a row: 1, 2, 4 minutes … a day."""
    return min(FIRST_BACK_OFF * 2 ** min(failures - 1, 20), LONGEST_BACK_OFF) if failures else timedelta(0)


def between_pages(delay: float | None) -> timedelta:
    """Return the pause between two pages of a host whose robots.txt asks for `delay` seconds."""
    if not delay or not delay > PAUSE.total_seconds():  # what is no number is not more either
        return PAUSE
    return timedelta(seconds=min(delay, LONGEST_PAUSE.total_seconds()))


def asked_to_wait(header: str, now: datetime) -> timedelta:
    """Return how long Retry-After (seconds or a date) wants us to wait; nothing where it makes no sense."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        wait = timedelta(seconds=int(header[:9]))
    else:
        try:
            then = parsedate_to_datetime(header)
        except (ValueError, TypeError, IndexError):
            return timedelta(0)
        wait = (then if then.tzinfo else then.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(0)), LONGEST_WAIT)
