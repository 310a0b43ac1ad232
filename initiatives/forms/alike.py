"""Whether a submission looks like something that is there already, asked once it is complete."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from initiatives import duplicates
from initiatives.models import Submission
from initiatives.web_addresses import key_of

COMPARED = ("title", "scope", "region")


def lookalikes_of(submission: Submission, *, reader: User) -> list[duplicates.Match]:
    """Return likely duplicates; none where the contributor said that it is another one, or corrects a public one."""
    if submission.is_another_one or submission.initiative_id:
        return []
    return duplicates.likely_for(submission, reader=reader)


def ticked_for_another_text(submission: Submission, typed: Mapping[str, Any]) -> bool:
    """Whether “it is another one” was said of the stored text, and what it is judged by is typed otherwise now."""
    if not submission.is_another_one:
        return False
    values = typed["values"]
    countries = typed["countries"] and {country.pk for country in typed["countries"]}
    return (
        any(values.get(name, getattr(submission, name)) != getattr(submission, name) for name in COMPARED)
        or (countries is not None and countries != {country.pk for country in submission.countries.all()})
        or {key_of(row["url"]) for row in typed["sources"]} != {row.url_key for row in submission.sources.all()}
    )
