"""The queue of submissions, initiatives, collections and tags in the admin."""

from initiatives.admin.collections import CollectionAdmin, TagAdmin
from initiatives.admin.initiatives import InitiativeAdmin
from initiatives.admin.submissions import SubmissionAdmin

__all__ = ["CollectionAdmin", "InitiativeAdmin", "SubmissionAdmin", "TagAdmin"]
