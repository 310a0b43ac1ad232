"""Finds public initiatives by words, in any language: `matches(text)` is the way in, `writing` keeps the texts.

What is compared is in a table of its own (`models.SearchText`), written when something is published and by a job that
follows the log of changes. docs/search.md says how well it finds and what it costs.
"""

from initiatives.search.matching import Matches, matches

__all__ = ["Matches", "matches"]
