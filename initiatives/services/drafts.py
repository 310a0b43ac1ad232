"""Writes of what is not sent yet."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from countries.models import Country
from initiatives import rules
from initiatives.models import CONTENT_FIELDS, Initiative, Submission, SubmissionAttachment, SubmissionSource
from initiatives.models.content import SOURCES_MAX
from initiatives.models.submission import RevisionKind
from initiatives.services.locks import locked_for_edit
from initiatives.services.revisions import keep_revision, text_of
from initiatives.services.stored_files import forget_files
from initiatives.vocabulary import SubmissionStatus
from initiatives.web_addresses import key_of

PROPOSABLE = frozenset(
    {
        *CONTENT_FIELDS,
        "tag_names",
        "organisation_name",
        "organisation_type",
        "organisation_country_id",
        "contributor_name",
        "contributor_role",
        "contributor_email",
        "consent_at",
        "origin",
        "source_dataset",
        "source_id",
        "provenance_note",
        "is_another_one",
    }
)


class NewerText(Exception):
    """Somebody saved a newer text in the meantime: `submission` as it is stored now."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(f"revision {submission.revision} is newer")
        self.submission = submission


@transaction.atomic
def save_draft(
    submission: Submission | None,
    *,
    by: User,
    values: Mapping[str, Any],
    countries: Iterable[Country] | None = None,
    sources: Iterable[Mapping[str, str]] | None = None,
    key: uuid.UUID | None = None,
    revision: int | None = None,
    keep_replaced: bool = False,
) -> Submission:
    """Save what is known so far, complete or not, and return the row.

    `values` are cleaned values by column name (`PROPOSABLE`); `sources` mappings of url, title, issuing_body, kind.
    Countries and sources are replaced where given. A new draft gets `key`, or is the one that `by` made with it: a
    form sent twice makes one row. Raises PermissionDenied where `by` may not edit it (any more), and NewerText where
    `revision`, the one that `by` saw, is not the stored one. The text of somebody else is kept before it is replaced;
    one's own too where `keep_replaced`.
    """
    unknown = set(values) - PROPOSABLE
    if unknown:
        raise TypeError(f"not for contributors: {sorted(unknown)}")
    if submission is None:
        submission = _new(by, key)
    else:
        submission = locked_for_edit(submission, by)
    if revision is not None and revision != submission.revision:
        raise NewerText(submission)
    if submission.pk and submission.edited_by_id and (keep_replaced or submission.edited_by_id != by.pk):
        keep_revision(submission, RevisionKind.REPLACED, by=submission.edited_by)
    _write(submission, by=by, values=values, countries=countries, sources=sources)
    return submission


def _write(submission: Submission, *, by: User, values: Mapping[str, Any], countries=None, sources=None) -> None:
    for name, value in values.items():
        setattr(submission, name, value)
    submission.revision += 1
    submission.edited_by, submission.warned_at = by, None
    submission.save()
    if countries is not None:
        submission.countries.set(countries)
    if sources is not None:
        replace_sources(submission, sources)


def text_if_saved(submission: Submission, **typed) -> dict[str, Any]:
    """Return the text that `save_draft(submission, **typed)` would make, without making it: it may be sent already."""
    with transaction.atomic():
        row = Submission.objects.select_for_update().get(pk=submission.pk)
        _write(row, **typed)
        text = text_of(row)
        transaction.set_rollback(True)
    return text


def _new(by: User, key: uuid.UUID | None) -> Submission:
    if key is None:
        return Submission(author=by)
    try:
        with transaction.atomic():
            return Submission.objects.create(author=by, key=key)
    except IntegrityError:  # the same form was sent a moment ago
        return locked_for_edit(Submission.objects.get(key=key), by)


def replace_sources(submission: Submission, sources: Iterable[Mapping[str, str]]) -> None:
    """Replace every source; what was found out about an address that stays is not forgotten."""
    links = dict(submission.sources.values_list("url", "link"))
    rows = [
        SubmissionSource(
            submission=submission, position=place, url_key=key_of(row["url"]), link_id=links.get(row["url"]), **row
        )
        for place, row in enumerate(sources)
    ]
    if len(rows) > SOURCES_MAX:
        raise ValidationError({"sources": _("At most five sources are possible.")})
    submission.sources.all().delete()
    SubmissionSource.objects.bulk_create(rows)


@transaction.atomic
def delete_draft(submission: Submission, *, by: User) -> None:
    """Delete what was never sent; what has decisions stays, and is retracted instead. Colleagues may not."""
    locked = locked_for_edit(submission, by)
    if not rules.may_delete(by, locked):
        raise PermissionDenied(_("Only the person who began a draft can delete it."))
    if locked.status != SubmissionStatus.DRAFT or locked.decisions.exists():
        raise PermissionDenied(_("What was sent once is kept. Retract it instead."))
    delete_with_files(locked)


def delete_with_files(submission: Submission) -> None:
    """Delete the row and, after commit, its files. Call it in a transaction."""
    names = list(submission.attachments.values_list("file", flat=True))
    submission.delete()
    forget_files(names)


@transaction.atomic
def start_correction(initiative: Initiative, *, by: User) -> Submission:
    """Return a draft filled with the public text of `initiative`, the open one of `by` where there is one."""
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)  # a double click makes one draft
    mine = Submission.objects.filter(initiative=initiative, author=by, status__in=rules.EDITABLE, held_until=None)
    open_one = mine.first()
    if open_one:
        return open_one
    submission = Submission(author=by, initiative=initiative)
    for name in CONTENT_FIELDS:
        setattr(submission, name, getattr(initiative, name))
    submission.tag_names = list(initiative.tags.names())
    submission.edited_by = by
    submission.save()
    submission.countries.set(initiative.countries.all())
    columns = ("position", "url", "url_key", "link", "title", "issuing_body", "kind")
    SubmissionSource.objects.bulk_create(
        SubmissionSource(submission=submission, **row) for row in rows_of(initiative.sources, columns)
    )
    columns = ("position", "file", "name", "title", "kind", "size", "sha256")
    SubmissionAttachment.objects.bulk_create(
        SubmissionAttachment(submission=submission, **row) for row in initiative.attachments.values(*columns)
    )
    return submission


def rows_of(related, columns: Iterable[str]) -> Iterable[dict[str, Any]]:
    """Yield the rows of `related` by the names that a model's constructor takes."""
    for row in related.values(*columns):
        if "link" in row:
            row["link_id"] = row.pop("link")
        yield row
