"""The columns of the template, the import, the export and the kept versions: one schema."""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from common.dates import Precision
from initiatives import columns, status
from initiatives.models.content import SOURCES_MAX, Content

SCHEMA_VERSION = columns.VERSION
SEPARATOR = ";"
COLUMNS = tuple(column.name for column in columns.TABLE)

_OF_SOURCE = ("url", "title", "body", "kind")
_SOURCE_COLUMNS = tuple(f"source{number}_{name}" for number in range(1, SOURCES_MAX + 1) for name in _OF_SOURCE)
_NO_SOURCES = dict.fromkeys(_SOURCE_COLUMNS, "")
# Columns of the schema that are called like a plain field of the row.
_PLAIN = (
    *"title summary description language relation scope region theme instrument compliance phase".split(),
    *"results challenges lessons contact_point".split(),
)
_LISTS = "partners further_themes measure_types target_groups technologies sdgs".split()
_SHOWN = {Precision.YEAR: 4, Precision.MONTH: 7}  # characters of an ISO date


class Related(NamedTuple):
    """What a row says of other tables: texts, empty where there is none; sources as url, title, body and kind."""

    collection: str
    organisation: str
    organisation_country: str
    follows: str
    countries: Iterable[str]
    tags: Iterable[str]
    sources: Iterable[Iterable[str]]


def related_to(content: Content, *, tags: Iterable[str]) -> Related:
    """Read what belongs to a submission or an initiative; prefetched, it asks the database nothing."""
    organisation = content.organisation
    return Related(
        collection=content.collection.slug if content.collection else "",
        organisation=organisation.name if organisation else "",
        organisation_country=(organisation.country_id or "") if organisation else "",
        follows=content.follows.reference if content.follows else "",
        countries=[country.iso2 for country in content.countries.all()],
        tags=tags,
        sources=[(source.url, source.title, source.issuing_body, source.kind) for source in content.sources.all()],
    )


def content_row(content: Content, related: Related) -> dict[str, Any]:
    """Return the columns that a submission and an initiative share: text, or lists of text and numbers."""
    row: dict[str, Any] = {name: getattr(content, name) for name in _PLAIN}
    for name in _LISTS:
        row[name] = list(getattr(content, name))
    row |= _NO_SOURCES
    row |= zip(_SOURCE_COLUMNS, (value for source in related.sources for value in source), strict=False)
    row["collection"], row["organisation"] = related.collection, related.organisation
    row["organisation_type"], row["organisation_country"] = content.stakeholder_type, related.organisation_country
    row["countries"], row["tags"] = sorted(related.countries), sorted(related.tags)
    row["starts_on"] = _partial(content.starts_on, content.starts_precision)
    row["ends_on"] = _partial(content.ends_on, content.ends_precision)
    row["end"], row["follows"] = content.end_kind, related.follows
    return row


def _partial(day: datetime.date | None, precision: str) -> str:
    """Return a date as PartialDate writes it, in a hundredth of the time."""
    return day.isoformat()[: _SHOWN.get(precision, 10)] if day else ""


def public_row(initiative: Any, related: Related | None = None) -> dict[str, Any]:
    """Return every column of an initiative in the order of the schema; provenance is for staff, so it stays empty.

    With `related` given, `initiative` may be anything that has the fields of one (exports.reading).
    """
    related = related or related_to(initiative, tags=[tag.name for tag in initiative.tags.all()])
    row = content_row(initiative, related)
    row["reference"], row["version"], row["mark"] = initiative.reference, initiative.version, initiative.mark
    row["status"] = status.of(initiative).value
    row["published_on"] = initiative.published_on.isoformat()
    row["source_dataset"] = row["source_id"] = ""
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
    row = content_row(submission, related_to(submission, tags=submission.tag_names))
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
