"""What the decision page compares: with the public text, with what was sent before, with the secretariat's edits."""

from typing import Any

from initiatives import schema
from initiatives.comparison import Names, compare
from initiatives.models import Submission
from initiatives.models.submission import RevisionKind
from initiatives.services.staff_edits import edit_of
from initiatives.vocabulary import SubmissionStatus


def of(submission: Submission) -> dict[str, Any]:
    """Return the comparisons as the template of the page names them; None where there is nothing to compare."""
    today = schema.draft_content(submission)
    public = schema.version_content(submission.initiative) if corrects(submission) else None
    sent = list(submission.revisions.filter(kind=RevisionKind.SENT)[:2])
    edit = edit_of(submission)
    rows = [revision for revision in (*sent, edit) if revision]
    names = Names(today, *filter(None, [public]), *(row.content for row in rows))
    against_public = compare(public, today, names=names) if public else None
    again = len(sent) == 2 and submission.status in (SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW)
    return {
        "against_public": against_public,
        "changes": against_public.labels_of_changes() if against_public else [],
        "since_sent": compare(sent[1].content, sent[0].content, names=names) if again else None,
        "sent_before_at": sent[1].saved_at if again else None,
        "edit": edit,
        "edits": compare(sent[0].content, edit.content, names=names) if edit and sent else None,
    }


def corrects(submission: Submission) -> bool:
    """Whether it is about to change something public. What is new has an initiative too, once it is published."""
    is_published = submission.status == SubmissionStatus.APPROVED and not submission.is_held
    return submission.initiative_id is not None and not is_published
