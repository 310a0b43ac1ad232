"""Locks by name that the database frees when whoever holds them dies.

They belong to a connection, so a worker must not share its own: no pooler that gives connections away between
transactions.
"""

import contextlib
from collections.abc import Iterator

from django.db import Error, connection


@contextlib.contextmanager
def held(name: str) -> Iterator[bool]:
    """Hold the lock `name` if nobody else does; says whether. Never waits."""
    got = _ask("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", name)
    try:
        yield got
    finally:
        if got:
            with contextlib.suppress(Error):  # a lost connection has lost its locks
                _ask("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)


def _ask(statement: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [name])
        return cursor.fetchone()[0]
