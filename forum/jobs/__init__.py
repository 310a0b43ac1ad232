"""What this room does by itself, now and then; each module registers its jobs when it is imported."""

from forum.jobs import drafts, members, search

__all__ = ["drafts", "members", "search"]
