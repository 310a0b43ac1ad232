"""What this room does by itself, now and then; each module registers its jobs when it is imported."""

from initiatives.jobs import changes, claims, drafts, dump, links, reviews, search

__all__ = ["changes", "claims", "drafts", "dump", "links", "reviews", "search"]
