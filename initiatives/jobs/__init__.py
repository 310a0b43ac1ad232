"""What this room does by itself, now and then; each module registers its jobs when it is imported."""

from initiatives.jobs import claims, drafts, links, reviews

__all__ = ["claims", "drafts", "links", "reviews"]
