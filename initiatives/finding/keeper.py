"""The index of this process: made when it is first asked for, kept current by the log of changes."""

import os
import threading

from initiatives.changes import Reader
from initiatives.finding.index import Index
from initiatives.freshness import state_asked_for

MANY = 5_000  # changed initiatives, from which on reading everything is quicker


class Keeper:
    """Holds the newest index. Each use asks the log first: one small query, or none where the page did already."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.lock, self.reader, self.index, self.log = threading.Lock(), Reader(), None, ""

    def current(self) -> Index:
        """Return an index that knows whatever was committed before, or before the page was asked for.

        Not for a transaction that has written: it would see what nobody else may ever see, and keep it.
        """
        with self.lock:
            try:
                self._follow()
            except BaseException:  # news are told once: whoever could not act on them begins anew
                self.reader, self.index, self.log = Reader(), None, ""
                raise
            return self.index

    def _follow(self) -> None:
        asked_for = state_asked_for()
        if asked_for and self.index is not None and asked_for.log == self.log:
            self.reader.knows_all()
            return
        news = self.reader.news()
        if self.index is None or news.everything or len(news.initiatives) > MANY:
            self.index = Index.load()
        elif news.initiatives:
            self.index = self.index.renewed(news.initiatives)
        self.log = asked_for.log if asked_for else self.log


_keeper = Keeper()
current, forget = _keeper.current, _keeper.forget
# A worker begins with an index and a lock of its own, whatever a thread of its parent was doing.
os.register_at_fork(after_in_child=forget)
