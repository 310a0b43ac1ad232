from initiatives.models.change import Change
from initiatives.models.collection import Collection
from initiatives.models.content import CONTENT_FIELDS, Content
from initiatives.models.initiative import Initiative, InitiativeAttachment, InitiativeSource, InitiativeVersion
from initiatives.models.link import Link, LinkHost
from initiatives.models.search import SearchProgress, SearchText, SearchWord
from initiatives.models.submission import Submission, SubmissionAttachment, SubmissionRevision, SubmissionSource
from initiatives.models.tag_alias import TagAlias

__all__ = [
    "CONTENT_FIELDS",
    "Change",
    "Collection",
    "Content",
    "Initiative",
    "InitiativeAttachment",
    "InitiativeSource",
    "InitiativeVersion",
    "Link",
    "LinkHost",
    "SearchProgress",
    "SearchText",
    "SearchWord",
    "Submission",
    "SubmissionAttachment",
    "SubmissionRevision",
    "SubmissionSource",
    "TagAlias",
]
