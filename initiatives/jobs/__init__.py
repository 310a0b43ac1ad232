"""What this room does by itself, now and then; each module registers its jobs when it is imported."""

from initiatives.jobs import changes, claims, drafts, links, reviews

__all__ = ["changes", "claims", "drafts", "links", "reviews"]
