"""Finds public posts by words, in any language, with the engine of `initiatives.search`: ADR 0023.

`writing` keeps the texts, in the transaction that publishes; `PostMatches` asks them.
"""

from forum.search.matching import PostMatches

__all__ = ["PostMatches"]
