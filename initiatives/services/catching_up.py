"""A correction whose public text has changed since it was begun: what its contributor never touched follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from initiatives import schema
from initiatives.models import Initiative, InitiativeVersion, Submission, SubmissionAttachment, SubmissionSource
from initiatives.models.content import SOURCES_MAX
from initiatives.services.locks import locked_for_edit
from initiatives.services.stored_files import forget_files

# Columns of a kept text that only make sense together; each of the others stands for itself.
_TOGETHER = {
    "themes": ("theme", "further_themes", "measure_types"),
    "place": ("scope", "region", "countries"),
    "end": ("end", "ends_on", "declared_status", "declared_on"),
    "organisation": ("organisation", "organisation_country", "organisation_type"),
    "sources": tuple(
        f"source{number}_{part}" for number in range(1, SOURCES_MAX + 1) for part in ("url", "title", "body", "kind")
    ),
}
_ALONE = (
    *"title summary description language relation partners instrument compliance phase target_groups".split(),
    *"technologies sdgs results challenges lessons contact_point starts_on collection follows tags attachments".split(),
)
GROUPS: dict[str, tuple[str, ...]] = {name: (name,) for name in _ALONE} | _TOGETHER
# Columns of the rows that hold a group, where they are called otherwise.
_STORED = {
    "starts_on": ("starts_on", "starts_precision"),
    "end": ("end_kind", "ends_on", "ends_precision", "declared_status", "declared_on"),
    "place": ("scope", "region"),
    "organisation": ("organisation_id", "stakeholder_type"),
    "collection": ("collection_id",),
    "follows": ("follows_id",),
    **dict.fromkeys(("tags", "sources", "attachments"), ()),
}
_SOURCE = ("position", "url", "url_key", "link_id", "title", "issuing_body", "kind")
_FILE = ("position", "file", "name", "title", "kind", "size", "sha256")


@dataclass(frozen=True)
class Behind:
    """What changed in public since a correction was begun: `version` is public now."""

    version: InitiativeVersion
    untouched: list[str]  # groups that the contributor left as they were
    contested: list[str]  # groups that the contributor changed as well, otherwise

    @property
    def contested_columns(self) -> set[str]:
        return {name for group in self.contested for name in (group, *GROUPS[group])}


def behind(submission: Submission) -> Behind | None:
    """Return what the correction would undo; None where the public text is the one it was begun from."""
    if submission.initiative_id is None:
        return None
    versions = submission.initiative.versions.order_by("number")
    newer = list(versions.filter(published_at__gt=submission.created_at))
    base = versions.filter(published_at__lte=submission.created_at).last() if newer else None
    if base is None:
        return None
    mine, now = schema.draft_content(submission), newer[-1].content
    since = [version.content for version in newer[:-1]]
    state = {group: _state(columns, base.content, since, now, mine) for group, columns in GROUPS.items()}
    found = {which: [group for group in GROUPS if state[group] == which] for which in ("untouched", "contested")}
    return Behind(newer[-1], **found)


def _state(columns, base: Mapping[str, Any], since, now: Mapping[str, Any], mine: Mapping[str, Any]) -> str:
    first, last, own = (_said(text, columns) for text in (base, now, mine))
    if own == last or last == first or not set(columns) <= base.keys():  # nothing to do, or an older schema
        return ""
    return "untouched" if own == first or own in [_said(text, columns) for text in since] else "contested"


def _said(text: Mapping[str, Any], columns) -> list[Any]:
    return [text.get(name) or "" for name in columns]


@transaction.atomic
def follow_public(submission: Submission, *, by: User) -> Submission:
    """Give what the contributor never touched its newer public value, and return the row."""
    locked = locked_for_edit(submission, by)
    found = behind(locked)
    return take_public(locked, found.untouched) if found and found.untouched else locked


def take_public(submission: Submission, groups: Iterable[str]) -> Submission:
    """Give the row the public values of today. Call it in a transaction."""
    public = Initiative.objects.get(pk=submission.initiative_id)
    for group in groups:
        _take(submission, public, group)
    submission.revision += 1
    submission.save()
    return submission


def _take(submission: Submission, public: Initiative, group: str) -> None:
    for name in _STORED.get(group, (group,)):
        setattr(submission, name, getattr(public, name))
    if group == "place":
        submission.countries.set(public.countries.all())
    elif group == "organisation":
        submission.organisation_name = submission.organisation_type = ""
        submission.organisation_country = None
    elif group == "tags":
        submission.tag_names = list(public.tags.names())
    elif group == "sources":
        _copy(SubmissionSource, submission, public.sources, _SOURCE)
    elif group == "attachments":
        _copy(SubmissionAttachment, submission, public.attachments, _FILE)


def _copy(model, submission: Submission, rows, columns) -> None:
    before = model.objects.filter(submission=submission)
    files = list(before.values_list("file", flat=True)) if model is SubmissionAttachment else []
    before.delete()
    model.objects.bulk_create(model(submission=submission, **row) for row in rows.values(*columns))
    forget_files(files)
