"""What the public finds, without asking the database for it: sets of initiatives in memory, kept current by the log.

`current()` is the index of this process; `Choice` is what the filters of one address make of it.
"""

from initiatives.finding.choice import Choice
from initiatives.finding.index import Index
from initiatives.finding.keeper import current, forget

__all__ = ["Choice", "Index", "current", "forget"]
