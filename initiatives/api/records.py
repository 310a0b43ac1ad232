"""Records: a row of the schema as the downloads have it, and what only the API says beside it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from initiatives.api.addresses import api_url
from initiatives.columns import TABLE
from initiatives.exports import about
from initiatives.exports.documents import item_of
from initiatives.exports.reading import records_of
from initiatives.models import Initiative, InitiativeAttachment, InitiativeVersion
from initiatives.versions import KeptText
from initiatives.vocabulary import InitiativeStatus, Mark

# What is read beside the columns: the state of the row, and of its organisation.
_BESIDE = {
    "state": F("status"),
    "of_organisation": F("organisation_id"),
    "verified": F("organisation__verified_at"),
    "accepted": F("organisation__accepted_at"),
    "merged": F("organisation__merged_into_id"),
}
_EMPTY = {column.name: [] if column.is_list else "" for column in TABLE}


def head() -> dict[str, Any]:
    """Return what every list of records says of itself."""
    said = about.about(count=0)
    return {
        "schema_version": said["schema_version"],
        "licence": said["licence"]["path"],
        "attribution": said["attribution"],
    }


def items_of(numbers: Sequence[int]) -> list[dict[str, Any]]:
    """Return the records of these initiatives in this order, as far as they are public still. One query."""
    found = records_of(numbers, **_BESIDE)
    return [_item(*found[number]) for number in numbers if number in found]


def _item(row: Mapping[str, Any], record: Any) -> dict[str, Any]:
    known = record.accepted and not record.merged  # of others nothing is told but the name
    return {
        **item_of(row),
        "api_url": api_url(row["reference"]),
        "mark_label": str(Mark(row["mark"]).label),
        "archived": record.state == InitiativeStatus.ARCHIVED,
        "organisation_id": record.of_organisation if known else None,
        "organisation_verified": bool(known and record.verified),
    }


def current(initiative: Initiative) -> dict[str, Any] | None:
    """Return the record as it is now. Three queries; None where it was removed this moment."""
    found = items_of([initiative.pk])
    return {**found[0], "current": True, **_beside(initiative, initiative.attachments.all())} if found else None


def earlier(initiative: Initiative, version: InitiativeVersion) -> dict[str, Any]:
    """Return the record as a version of it was: its text of then, and its status on the day when it was published."""
    kept, content = KeptText(initiative, version), version.content
    row = _EMPTY | {name: content[name] for name in _EMPTY if name in content}
    row |= {"reference": initiative.reference, "version": version.number}
    row |= {"mark": kept.row.mark, "status": kept.measure_status.value}
    named = kept.row.organisation
    known = bool(named.pk and named.accepted_at and not named.merged_into_id)
    return {
        **item_of(row),
        "url": about.address("initiatives:detail_bare", f"version={version.number}", initiative.reference),
        "api_url": api_url(initiative.reference, version.number),
        "mark_label": str(Mark(row["mark"]).label),
        "archived": initiative.is_archived,
        "organisation_id": named.pk if known else None,
        "organisation_verified": known and named.is_verified,
        "current": False,
        **_beside(initiative, kept.attachments),
    }


def _beside(initiative: Initiative, files: Iterable[InitiativeAttachment]) -> dict[str, Any]:
    versions = initiative.versions.order_by("number").values_list("number", "published_at", "edited_by_secretariat")
    return {
        "attachments": [_file(initiative, file) for file in files],
        "versions": [
            {
                "number": number,
                "published_at": at.isoformat(timespec="seconds"),
                "edited_by_secretariat": edited,
                "url": about.address("initiatives:detail_bare", f"version={number}", initiative.reference),
                "api_url": api_url(initiative.reference, number),
            }
            for number, at, edited in versions
        ],
    }


def _file(initiative: Initiative, file: InitiativeAttachment) -> dict[str, Any]:
    """Return a file; without an address where it was of an earlier version only."""
    path = reverse("initiatives:attachment", args=[initiative.reference, file.pk, file.name]) if file.pk else ""
    said = {name: getattr(file, name) for name in ("name", "title", "kind", "size", "sha256")}
    return {**said, "url": settings.SITE_URL + path if path else None}
