"""The queue of submissions, initiatives, links, collections and tags in the admin."""

from initiatives.admin.collections import CollectionAdmin, TagAdmin
from initiatives.admin.initiatives import InitiativeAdmin
from initiatives.admin.links import LinkAdmin
from initiatives.admin.submissions import SubmissionAdmin

__all__ = ["CollectionAdmin", "InitiativeAdmin", "LinkAdmin", "SubmissionAdmin", "TagAdmin"]
