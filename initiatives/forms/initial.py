"""What the form shows before anybody has typed: the stored draft, and what the person said last time."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from common.dates import PartialDate, Precision
from initiatives.forms.content import PLAIN
from initiatives.forms.sources import COLUMNS, Row
from initiatives.models import Submission
from initiatives.models.content import SOURCES_MAX

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
        "is_another_one": submission.is_another_one,
    }


def of_person(user: User) -> dict[str, Any]:
    """Return what the person said of themselves in their last submission, else what the account says."""
    said = user.submissions.exclude(contributor_name="").values(*CONTRIBUTOR, "organisation_id").first() or {}
    organisation = said.pop("organisation_id", None)
    account = {"contributor_name": user.name, "contributor_email": user.email, "contributor_role": _role_of(user)}
    return {**account, **{name: text for name, text in said.items() if text}, "organisation": str(organisation or "")}


def _role_of(user: User) -> str:
    """Return the role that they gave last: the draft that they wrote last may not say it yet."""
    return user.submissions.exclude(contributor_role="").values_list("contributor_role", flat=True).first() or ""


def of_text(text: Mapping[str, Any], organisations: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form's values of a kept text (services.text_of); `organisations` are those offered, by key."""
    private = text.get("private", {})
    values = {name: text[name] for name in PLAIN if name in text}
    values |= {name: private.get(name, "") for name in (*CONTRIBUTOR, "consent")}
    values |= {name: text[name] for name in ("collection", "countries", "follows", "tags")}
    values |= {"end_kind": text["end"], "starts": _date(text["starts_on"]), "ends": _date(text["ends_on"])}
    values["declared_on"] = _date(text["declared_on"])
    chosen = next((key for key, row in organisations.items() if row.name == text["organisation"]), "")
    missing = dict.fromkeys((*MISSING_ORGANISATION, "organisation_country"), "")
    if not chosen and text["organisation"]:
        missing = {"organisation_name": text["organisation"], "organisation_country": text["organisation_country"]}
        missing["organisation_type"] = private.get("organisation_type", "")
    return values | missing | {"organisation": chosen}


def sources_of_text(text: Mapping[str, Any]) -> list[Row]:
    """Return the rows of sources of a kept text."""
    parts = ("url", "title", "body", "kind")
    rows = [[text[f"source{number}_{part}"] for part in parts] for number in range(1, SOURCES_MAX + 1)]
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows if row[0]]


def _date(value: str) -> PartialDate | str:
    """Return the date; what was typed and is none as it was typed."""
    try:
        return PartialDate.parse(value) if value else ""
    except ValidationError:
        return value
