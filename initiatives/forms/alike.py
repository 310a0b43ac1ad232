"""Whether a submission looks like something that is there already, asked once it is complete."""

from accounts.models import User
from initiatives import duplicates
from initiatives.models import Submission


def lookalikes_of(submission: Submission, *, reader: User) -> list[duplicates.Match]:
    """Return likely duplicates; none where the contributor said that it is another one, or corrects a public one."""
    if submission.is_another_one or submission.initiative_id:
        return []
    return duplicates.likely_for(submission, reader=reader)
