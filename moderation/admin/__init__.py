"""What other rooms subclass, and the decision log."""

from moderation.admin.base import ModeratedAdmin
from moderation.admin.log import DecisionAdmin

__all__ = ["DecisionAdmin", "ModeratedAdmin"]
