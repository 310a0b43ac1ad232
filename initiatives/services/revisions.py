"""Texts of a submission that are not its text any more, or not yet: nothing that somebody typed is lost."""

from typing import Any

from accounts.models import User
from initiatives import schema
from initiatives.models import Submission, SubmissionRevision
from initiatives.models.submission import RevisionKind

# Private columns, kept under a key of their own: only those who work on the submission read them.
PRIVATE = ("contributor_name", "contributor_role", "contributor_email", "organisation_type")


def text_of(submission: Submission) -> dict[str, Any]:
    """Return the whole text as it is kept: the columns of a draft and, apart from them, what is private."""
    private: dict[str, Any] = {name: getattr(submission, name) for name in PRIVATE}
    private["consent"] = submission.consent_at is not None
    return schema.draft_content(submission) | {"private": private}


def keep_revision(
    submission: Submission, kind: RevisionKind, *, content: dict[str, Any] | None = None, by: User
) -> SubmissionRevision:
    """Keep a text of the submission, its own where no `content` is given, under its revision's number."""
    return SubmissionRevision.objects.create(
        submission=submission,
        number=submission.revision,
        kind=kind,
        content=content or text_of(submission),
        saved_by=by,
        saved_by_name=by.name[:100],
    )


def set_aside(submission: Submission, content: dict[str, Any], *, by: User) -> SubmissionRevision:
    """Keep what `by` typed while a newer text was saved; the same text is kept once."""
    latest = submission.revisions.filter(kind=RevisionKind.SET_ASIDE, saved_by=by).first()
    if latest and latest.content == content:
        return latest
    return keep_revision(submission, RevisionKind.SET_ASIDE, content=content, by=by)
