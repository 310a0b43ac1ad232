"""Sums that ask the database for every row: kept beside the index in memory, and gone with it when something changes.

The index is the one of this process; it asks the log of changes each time, so what is published shows at once.
"""

from collections.abc import Callable, Hashable
from typing import Any
from weakref import WeakKeyDictionary

from initiatives.finding import Index

MOST = 200  # answers; the oldest goes first

_kept: WeakKeyDictionary[Index, dict[Hashable, Any]] = WeakKeyDictionary()


def remembered(index: Index, question: Hashable, answer: Callable[[], Any]) -> Any:
    """Return what `answer` returned when it was last called for `question`; it must not depend on the day."""
    kept = _kept.setdefault(index, {})
    if question not in kept:
        kept[question] = answer()
        while len(kept) > MOST:
            kept.pop(next(iter(kept)), None)
    return kept[question]
