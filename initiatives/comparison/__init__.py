"""Two texts of a measure, field by field: kept versions, drafts and revisions, as `initiatives.schema` writes them.

`compare(old, new)` asks the database for names alone (at most two queries); give `names=Names(*texts)` where several
are compared. Draw the result with `initiatives/_comparison.html`, or write it with `as_text`.
"""

from initiatives.comparison.engine import compare
from initiatives.comparison.fields import Comparison, Field, Side
from initiatives.comparison.plain import as_text
from initiatives.comparison.wording import Names

__all__ = ["Comparison", "Field", "Names", "Side", "as_text", "compare"]
