"""Whether what the public sees is still what it was when somebody fetched it: one query, for conditional requests.

The log of changes (`initiatives.changes`) tells. Transactions end in another order than they begin and old rows are
forgotten, so no single number will do: the state is named by the log's counter, its newest row and the sum of the
newest thousand.
"""

import datetime
import hashlib
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from initiatives.status import today

SETTLED = datetime.timedelta(minutes=1)  # no transaction of the portal takes longer

_STATE = """
    SELECT (SELECT last_value FROM initiatives_change_id_seq), max(id), sum(id){links}, max(made_at)
    FROM (SELECT id, made_at FROM initiatives_change ORDER BY id DESC LIMIT 1000) newest
"""
# Links are checked all day long. They show on the page of their initiative alone, so no log tells of them.
_LINKS = """, (
    SELECT md5(string_agg(concat_ws(' ', link.id, link.state, link.failures > 1, link.checked_at::date,
        link.failing_since::date), ',' ORDER BY link.id))
    FROM initiatives_initiative one JOIN initiatives_initiativesource source ON source.initiative_id = one.id
    JOIN initiatives_link link ON link.id = source.link_id WHERE one.reference = %s)
"""


class State(NamedTuple):
    """A name for what the public sees now, and since when; None where that is not known to the second."""

    token: str
    since: datetime.datetime | None


def public_state(reference: str = "") -> State:
    """Return the state of all that is public; with a reference, also of how that initiative's links fare."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE.format(links=_LINKS if reference else ""), [reference] if reference else None)
        *numbers, changed_at = cursor.fetchone()
    settled = changed_at and changed_at < timezone.now() - SETTLED
    return State(":".join(map(str, numbers)), changed_at if settled else None)


def etag_of(state: State, *parts: object) -> str:
    """Return the entity tag of something that is made of the public state, of the day, and of `parts` alone."""
    text = "\n".join(map(str, (state.token, today(), *parts)))
    return f'"{hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'
