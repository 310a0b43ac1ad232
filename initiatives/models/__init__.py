from initiatives.models.collection import Collection
from initiatives.models.content import CONTENT_FIELDS, Content
from initiatives.models.initiative import Initiative, InitiativeAttachment, InitiativeSource, InitiativeVersion
from initiatives.models.submission import Submission, SubmissionAttachment, SubmissionSource

__all__ = [
    "CONTENT_FIELDS",
    "Collection",
    "Content",
    "Initiative",
    "InitiativeAttachment",
    "InitiativeSource",
    "InitiativeVersion",
    "Submission",
    "SubmissionAttachment",
    "SubmissionSource",
]
