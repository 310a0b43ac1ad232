"""What of the public initiatives has changed since one looked last: for whatever is kept beside the tables.

Indexes in memory, search texts and caches follow the log of changes that triggers write (`models.Change`), so that they
are right however a row was changed. Transactions end in another order than they begin: what was seen is remembered from
the oldest transaction that is still open on, and not by the newest row.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from initiatives.models import Change

KEPT = timedelta(hours=6)
NONE = 0  # in the log: something that is public has changed, and no initiative with it

_READ = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
        coalesce(array_agg(id ORDER BY id), '{}'), coalesce(array_agg(initiative ORDER BY id), '{}')
    FROM initiatives_change WHERE transaction >= %s
"""
_BEGIN = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, coalesce(array_agg(id), '{}')
    FROM initiatives_change WHERE transaction >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
"""


@dataclass(frozen=True)
class News:
    """What has changed: the numbers of initiatives; `everything` where one had better begin anew."""

    everything: bool = False
    initiatives: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everything or bool(self.initiatives)


@dataclass
class Reader:
    """Somebody who keeps something about initiatives, and how far they have read the log.

    Not for several threads at once: each takes a lock of its own around it.
    """

    oldest: int | None = None  # the transaction from which on everything is read; None: nothing has been read yet
    read_at: datetime | None = None
    seen: set[int] = field(default_factory=set)  # rows of those transactions that were told already

    def news(self) -> News:
        """Return what has changed since the last call. One query. The first call, and a late one, says: everything."""
        if self.oldest is None or timezone.now() - self.read_at > KEPT / 2:
            return self._begin()
        oldest, rows, initiatives = _row(_READ, [self.oldest])
        new = [one for row, one in zip(rows, initiatives, strict=True) if row not in self.seen]
        self.oldest, self.seen, self.read_at = oldest, set(rows), timezone.now()
        return News(everything=None in new, initiatives=frozenset(new) - {None})

    def knows_all(self) -> None:
        """Note that somebody else has seen that nothing came after the last call."""
        self.read_at = timezone.now()

    def _begin(self) -> News:
        self.oldest, rows = _row(_BEGIN, [])
        self.seen, self.read_at = set(rows), timezone.now()
        return News(everything=True)


def tell() -> None:
    """Write into the log that something public has changed of which no table knows."""
    Change.objects.create(initiative=NONE)


def prune() -> int:
    """Forget old rows of the log; return how many. Readers that have not looked for so long begin anew."""
    return Change.objects.filter(made_at__lt=timezone.now() - KEPT).delete()[0]


def _row(sql: str, parameters: list) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()
