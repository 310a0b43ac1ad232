"""What the form shows before anybody has typed: the stored draft, and what the person said last time."""

from typing import Any

from accounts.models import User
from common.dates import PartialDate, Precision
from initiatives.forms.content import PLAIN
from initiatives.models import Submission

CONTRIBUTOR = ("contributor_name", "contributor_role", "contributor_email")
MISSING_ORGANISATION = ("organisation_name", "organisation_type")


def of_submission(submission: Submission) -> dict[str, Any]:
    """Return the form's values of a stored row."""
    initial = {name: getattr(submission, name) for name in (*PLAIN, *CONTRIBUTOR, *MISSING_ORGANISATION)}
    made = submission.organisation_id is not None  # what was proposed is an organisation since it was sent
    initial |= dict.fromkeys(MISSING_ORGANISATION, "") if made else {}
    return initial | {
        "collection": submission.collection.slug if submission.collection else "",
        "countries": [country.iso2 for country in submission.countries.all()],
        "starts": submission.starts,
        "ends": submission.ends,
        "declared_on": PartialDate.of(submission.declared_on, Precision.DAY),
        "follows": submission.follows.reference if submission.follows else "",
        "tags": submission.tag_names,
        "organisation": str(submission.organisation_id or ""),
        "organisation_country": "" if made else submission.organisation_country_id or "",
        "consent": submission.consent_at is not None,
    }


def of_person(user: User) -> dict[str, Any]:
    """Return what the person said of themselves in their last submission, else what the account says."""
    said = user.submissions.exclude(contributor_name="").values(*CONTRIBUTOR, "organisation_id").first() or {}
    organisation = said.pop("organisation_id", None)
    account = {"contributor_name": user.name, "contributor_email": user.email}
    return {**account, **{name: text for name, text in said.items() if text}, "organisation": str(organisation or "")}
