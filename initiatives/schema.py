"""The columns of the template, the import, the export and the kept versions: one schema."""

from typing import Any

from initiatives.models.content import SOURCES_MAX, Content

SCHEMA_VERSION = 1
SEPARATOR = ";"

_SOURCE_COLUMNS = tuple(
    f"source{number}_{name}" for number in range(1, SOURCES_MAX + 1) for name in ("url", "title", "body", "kind")
)
COLUMNS = (
    *"reference collection title summary description language organisation organisation_type".split(),
    *"organisation_country relation partners scope countries region theme further_themes measure_types".split(),
    *"instrument compliance phase target_groups technologies sdgs starts_on ends_on end status follows tags".split(),
    *"results challenges lessons contact_point".split(),
    *_SOURCE_COLUMNS,
    *"published_on version mark source_dataset source_id".split(),
)
# Columns of the schema that are called like a plain field of the row.
_PLAIN = (
    *"title summary description language relation scope region theme instrument compliance phase".split(),
    *"results challenges lessons contact_point".split(),
)
_LISTS = "partners further_themes measure_types target_groups technologies sdgs".split()


def content_row(content: Content, *, tags: list[str]) -> dict[str, Any]:
    """Return the columns that a submission and an initiative share: text, or lists of text and numbers."""
    row: dict[str, Any] = {name: getattr(content, name) for name in _PLAIN}
    row |= {name: list(getattr(content, name)) for name in _LISTS}
    organisation = content.organisation
    row |= {
        "collection": content.collection.slug if content.collection else "",
        "organisation": organisation.name if organisation else "",
        "organisation_type": content.stakeholder_type,
        "organisation_country": (organisation.country_id or "") if organisation else "",
        "countries": sorted(country.iso2 for country in content.countries.all()),
        "starts_on": str(content.starts or ""),
        "ends_on": str(content.ends or ""),
        "end": content.end_kind,
        "follows": content.follows.reference if content.follows else "",
        "tags": sorted(tags),
    }
    row |= dict.fromkeys(_SOURCE_COLUMNS, "")
    for number, source in enumerate(content.sources.all(), start=1):
        values = (source.url, source.title, source.issuing_body, source.kind)
        row |= {
            f"source{number}_{name}": value
            for name, value in zip(("url", "title", "body", "kind"), values, strict=True)
        }
    return row


def public_row(initiative) -> dict[str, Any]:
    """Return every column of an initiative in the order of the schema; provenance is for staff, so it stays empty."""
    row = content_row(initiative, tags=[tag.name for tag in initiative.tags.all()])
    row |= {
        "reference": initiative.reference,
        "status": str(initiative.measure_status.value),
        "published_on": initiative.published_on.isoformat(),
        "version": initiative.version,
        "mark": initiative.mark,
        "source_dataset": "",
        "source_id": "",
    }
    return {name: row[name] for name in COLUMNS}


def version_content(initiative) -> dict[str, Any]:
    """Return what a kept version holds: the schema's number, its columns, attachments, and the declared status."""
    row = public_row(initiative)
    del row["status"]  # computed from the day it is read on
    return {"schema": SCHEMA_VERSION, **row, **_beside_the_columns(initiative)}


def draft_content(submission) -> dict[str, Any]:
    """Return the text of a submission in the form of a kept version, without what only public initiatives have.

    A proposed organisation that is no row yet stands under its proposed name.
    """
    row = content_row(submission, tags=submission.tag_names)
    if not submission.organisation and submission.organisation_name:
        row["organisation"] = submission.organisation_name
        row["organisation_country"] = submission.organisation_country_id or ""
    return {"schema": SCHEMA_VERSION, **row, **_beside_the_columns(submission)}


def _beside_the_columns(content: Content) -> dict[str, Any]:
    attachments = [
        {"name": file.name, "title": file.title, "kind": file.kind, "size": file.size, "sha256": file.sha256}
        for file in content.attachments.all()
    ]
    declared_on = content.declared_on.isoformat() if content.declared_on else ""
    return {"declared_status": content.declared_status, "declared_on": declared_on, "attachments": attachments}
