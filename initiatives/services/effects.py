"""What a move changes beside the status. Called by `moderation.services.transition`, in its transaction."""

from django.utils import timezone

from accounts import services as accounts
from initiatives import suspicions
from initiatives.models import Initiative, Submission
from initiatives.models.submission import RevisionKind
from initiatives.services.drafts import keep_revision
from initiatives.vocabulary import Origin
from moderation.models import Decision


def on_submit(submission: Submission, decision: Decision) -> None:
    """Note when it was sent, and keep the text as sent; give it its organisation, proposed where it is missing."""
    submission.submitted_at, submission.edited_by_staff = timezone.now(), False
    submission.claimed_by = submission.claimed_at = None
    if submission.organisation_id is None and submission.organisation_name:
        submission.organisation = accounts.propose_organisation(
            submission.organisation_name,
            submission.organisation_type,
            submission.organisation_country_id,
            by=submission.author,
        )
    if submission.organisation:
        submission.stakeholder_type = submission.organisation.stakeholder_type
        # Whoever corrects a public text need not belong to the organisation that it is about.
        if submission.origin == Origin.FORM and submission.initiative_id is None:
            accounts.request_membership(submission.author, submission.organisation)
    submission.suspicions = suspicions.of(submission)
    submission.save(
        update_fields=[
            *("submitted_at", "edited_by_staff", "claimed_by", "claimed_at"),
            *("organisation", "stakeholder_type", "suspicions", "updated_at"),
        ]
    )
    if submission.origin == Origin.FORM:  # what machines bring, they can bring again
        keep_revision(submission, RevisionKind.SENT, by=decision.decided_by)


def on_claim(submission: Submission, decision: Decision) -> None:
    submission.claimed_by, submission.claimed_at = decision.decided_by, decision.decided_at
    submission.save(update_fields=["claimed_by", "claimed_at"])


def on_release(submission: Submission, decision: Decision) -> None:
    submission.claimed_by = submission.claimed_at = None
    submission.save(update_fields=["claimed_by", "claimed_at"])


def on_remove(initiative: Initiative, decision: Decision) -> None:
    """Keep the public reason as the notice that stands in place of the text."""
    initiative.removal_notice = decision.public_reason
    initiative.save(update_fields=["removal_notice"])
