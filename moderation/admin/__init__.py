"""What other rooms subclass, and the decision log."""

from moderation.admin.base import ModeratedAdmin
from moderation.admin.log import DecisionAdmin
from moderation.admin.reasons import ReasonAdmin

__all__ = ["DecisionAdmin", "ModeratedAdmin", "ReasonAdmin"]
