"""Texts follow what they are made of: the log of changes says which ones are to be written anew.

How far the log was read is kept as a snapshot of the database: a change counts as read only when its transaction had
ended by then. So one that begins early and ends late is not missed, and a worker that was dead catches up.
"""

import time

from django.db import connection, transaction
from django.utils import timezone

from initiatives import changes
from initiatives.models import Initiative, SearchProgress, SearchText
from initiatives.search import writing

BATCH, SECONDS = 100, 4.0  # texts written in one transaction; how long one round may take

# What ended since: told apart from the log's older rows by their number first, which an index knows. A snapshot does
# not name the transaction that takes it; what that one has changed itself is always news.
_NEWS = """
    SELECT bool_or(initiative IS NULL), coalesce(array_agg(DISTINCT initiative), '{}') FROM initiatives_change
    WHERE transaction >= pg_snapshot_xmin(%s::pg_snapshot)::text::bigint
        AND (NOT pg_visible_in_snapshot(transaction::text::xid8, %s::pg_snapshot)
            OR transaction = pg_current_xact_id()::text::bigint)
"""
_MARK_SOME = """
    INSERT INTO initiatives_searchtext (initiative_id, vector, published_on, stale)
    SELECT id, '', published_on, true FROM initiatives_initiative WHERE id = ANY(%s) ORDER BY id
    ON CONFLICT (initiative_id) DO UPDATE SET stale = true
"""
_MARK_ALL = """
    INSERT INTO initiatives_searchtext (initiative_id, vector, published_on, stale)
    SELECT id, '', published_on, true FROM initiatives_initiative ORDER BY id
    ON CONFLICT (initiative_id) DO UPDATE SET stale = true
"""


def catch_up(seconds: float = SECONDS) -> int:
    """Write anew what has changed since the last call, for about so many seconds; return how many texts it were."""
    read_log()
    until, written = time.monotonic() + seconds, 0
    while some := _write_some():
        written += some
        if time.monotonic() > until:
            break
    return written


@transaction.atomic
def read_log() -> None:
    """Mark the texts that the log says are out of date.

    All of them, where the log does not reach back far enough, and where a release writes them in another form.
    """
    progress, _new = SearchProgress.objects.select_for_update().get_or_create(pk=1)
    with connection.cursor() as cursor:
        # The snapshot is taken before the log is read: what ends between the two is read again, and not missed.
        cursor.execute("SELECT pg_current_snapshot()::text")
        (snapshot,) = cursor.fetchone()
        everything, ids = True, []
        if progress.snapshot and progress.form == writing.FORM and timezone.now() - progress.read_at < changes.KEPT / 2:
            cursor.execute(_NEWS, [progress.snapshot, progress.snapshot])
            everything, ids = cursor.fetchone()
        if everything:
            cursor.execute(_MARK_ALL)
        elif ids:
            cursor.execute(_MARK_SOME, [ids])
    SearchProgress.objects.filter(pk=1).update(snapshot=snapshot, read_at=timezone.now(), form=writing.FORM)


@transaction.atomic
def _write_some() -> int:
    """Write some of those that are marked. Others who do the same take others."""
    marked = SearchText.objects.filter(stale=True).order_by("-pk").select_for_update(skip_locked=True)
    ids = list(marked.values_list("pk", flat=True)[:BATCH])
    writing.write(ids)
    return len(ids)


def mark_all() -> None:
    """Have every text written anew by the next calls of `catch_up`."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK_ALL)


def write_all() -> int:
    """Write every text anew, now; return how many."""
    read_log()
    ids = list(Initiative.objects.public(archived=True).order_by("pk").values_list("pk", flat=True))
    return sum(writing.write(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))
