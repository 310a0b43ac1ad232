"""Whether what the public sees is still what it was when somebody fetched it: one query, for conditional requests.

The log of changes (`initiatives.changes`) tells. Transactions end in another order than they begin and old rows are
forgotten, so no single number will do. The state is named by the log's counter, by its newest row, and by the rows of
those transactions that need not have ended when the newest row was written: what had ended by then stays as it is.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from initiatives.status import today

SETTLED = datetime.timedelta(minutes=1)  # no transaction of the portal takes longer

# The rows of the newest one's own transaction, of which there may be thousands, are there with it: none is read.
_STATE = """
    SELECT last_value, newest.id,
        (SELECT sum(id) FROM initiatives_change
            WHERE transaction >= newest.open_from AND transaction < newest.transaction),
        (SELECT sum(id) FROM initiatives_change WHERE transaction > newest.transaction){links}{further},
        (SELECT max(made_at) FROM initiatives_change)
    FROM initiatives_change_id_seq LEFT JOIN
        (SELECT id, transaction, open_from FROM initiatives_change ORDER BY id DESC LIMIT 1) newest ON true
"""
# Links are checked all day long. They show on the page of their initiative alone, so no log tells of them.
_LINKS = """, (
    SELECT md5(string_agg(concat_ws(' ', link.id, link.state, link.failures > 1, link.checked_at::date,
        link.failing_since::date), ',' ORDER BY link.id))
    FROM initiatives_initiative one JOIN initiatives_initiativesource source ON source.initiative_id = one.id
    JOIN initiatives_link link ON link.id = source.link_id WHERE one.reference = %s)
"""


class Further(NamedTuple):
    """A statement for one value that names what a page shows beside the initiatives, of tables that no log follows."""

    sql: str
    parameters: tuple = ()


class State(NamedTuple):
    """A name for what the public sees now, and since when; None where that is not known to the second.

    `log` names the log alone. `is_there` says whether what `Further` asked for was found.
    """

    token: str
    since: datetime.datetime | None
    log: str = ""
    is_there: bool = True


_asked_for: ContextVar[State | None] = ContextVar("asked_for", default=None)


def public_state(reference: str = "", further: Further | None = None) -> State:
    """Return the state of all that is public; with a reference, also of how that initiative's links fare. One query."""
    added = f", ({further.sql})" if further else ""
    parameters = [*([reference] if reference else []), *(further.parameters if further else ())]
    with connection.cursor() as cursor:
        cursor.execute(_STATE.format(links=_LINKS if reference else "", further=added), parameters or None)
        *numbers, changed_at = cursor.fetchone()
    settled = changed_at and changed_at < timezone.now() - SETTLED
    log = ":".join(map(str, numbers[:4]))
    is_there = further is None or numbers[-1] is not None
    return State(":".join(map(str, numbers)), changed_at if settled else None, log, is_there)


@contextmanager
def as_of(state: State | None) -> Iterator[None]:
    """While a page is made, let whatever follows the log know how it stood when the page was asked for."""
    token = _asked_for.set(state)
    try:
        yield
    finally:
        _asked_for.reset(token)


def state_asked_for() -> State | None:
    return _asked_for.get()


def etag_of(state: State, *parts: object) -> str:
    """Return the entity tag of something that is made of the public state, of the day, and of `parts` alone.

    Keyed: who could reckon tags from numbers would read the numbers out of them, or ask whether they are right.
    """
    text = "\n".join(map(str, (state.token, today(), *parts))).encode("utf-8", "surrogatepass")
    return f'"{salted_hmac("etag", text, algorithm="sha256").hexdigest()[:32]}"'
