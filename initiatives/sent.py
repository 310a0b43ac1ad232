"""The text of a submission as its contributors sent it, while the secretariat may be at work on it."""

from typing import Any

from initiatives import rules
from initiatives.models import Collection, Submission, SubmissionRevision
from initiatives.models.submission import RevisionKind
from initiatives.versions import Rows, content_columns, countries_of, sources_of


class SentText:
    """A kept text, with the names that templates and filters ask a submission for."""

    def __init__(self, submission: Submission, row: dict[str, Any]) -> None:
        self.content = row
        self.row = Submission(
            **content_columns(row),
            key=submission.key,
            organisation_name=row.get("organisation", ""),
            collection=Collection(slug=row.get("collection", ""), name=_name_of_collection(submission, row)),
            tag_names=row.get("tags", []),
        )
        kept = {file["sha256"] for file in row.get("attachments", [])}
        self.countries, self.sources = countries_of(row), sources_of(row)
        self.attachments = Rows(file for file in submission.attachments.all() if file.sha256 in kept)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    def __str__(self) -> str:
        return str(self.row)


def text_for_contributors(submission: Submission) -> Submission | SentText:
    """Return the text to show: what the secretariat edits is told when it has decided, and not before."""
    sent = sent_before_edits(submission)
    return SentText(submission, sent.content) if sent else submission


def sent_before_edits(submission: Submission) -> SubmissionRevision | None:
    """Return the text as it was sent where the secretariat has edited it since and has not decided yet."""
    if not submission.edited_by_staff or submission.shown_status not in rules.WAITING:
        return None
    return submission.revisions.filter(kind=RevisionKind.SENT).order_by("-pk").first()


def _name_of_collection(submission: Submission, row: dict[str, Any]) -> str:
    same = submission.collection and submission.collection.slug == row.get("collection")
    return submission.collection.name if same else row.get("collection", "")
