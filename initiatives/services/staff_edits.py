"""What the secretariat changes in a text that waits. What was sent stays as it was; each edit is kept beside it."""

from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from countries.models import Country
from initiatives import rules, validation
from initiatives.comparison import Comparison, compare
from initiatives.models import CONTENT_FIELDS, Submission, SubmissionAttachment, SubmissionRevision
from initiatives.models.submission import RevisionKind
from initiatives.services.drafts import NewerText, replace_sources
from initiatives.services.restoring import countries_of, sources_of, values_of
from initiatives.services.revisions import keep_revision, text_of
from initiatives.vocabulary import SubmissionStatus
from moderation.services import transition

# Who sent it, and for whom, is not the secretariat's to change.
EDITABLE = frozenset({*CONTENT_FIELDS, "tag_names"} - {"organisation_id", "stakeholder_type"})
TAKEN_AWAY = "taken_away"  # in the content of an edit: the files that were, so that they can be put back
_FILE_COLUMNS = ("position", "file", "name", "title", "kind", "size", "sha256")


@transaction.atomic
def edit_as_staff(
    submission: Submission,
    *,
    by: User,
    values: Mapping[str, Any],
    countries: Iterable[Country] | None = None,
    sources: Iterable[Mapping[str, str]] | None = None,
    without_files: Several[int] = (),
    revision: int | None = None,
) -> Submission:
    """Change the text of a submission that waits, and return the row.

    `values` are cleaned values by column name (`EDITABLE`); countries and sources are replaced where given; the files
    with the keys `without_files` are taken away. Claims it for `by` where nobody has. Keeps the edited text as a
    revision of its own. Raises PermissionDenied where `by` may not edit it (any more), NewerText where `revision`, the
    one that `by` saw, is not the stored one, and ValidationError where the text would not be ready for the public.
    """
    unknown = set(values) - EDITABLE
    if unknown:
        raise TypeError(f"not for the secretariat: {sorted(unknown)}")
    locked = _locked(submission, by, revision)
    _claim(locked, by)
    sent = _sent_text(locked) or keep_revision(locked, RevisionKind.SENT, by=locked.author)
    taken_away = [*_taken_away(locked, sent), *_take_away(locked, without_files)]
    _write(locked, values, countries, sources)
    _check(locked)
    locked.edited_by, locked.edited_by_staff = by, True
    text = text_of(locked)
    if not compare(sent.content, text).differs:  # everything is again as it was sent
        locked.edited_by, locked.edited_by_staff = sent.saved_by, False
    locked.save()
    keep_revision(locked, RevisionKind.EDITED, content=text | {TAKEN_AWAY: taken_away}, by=by)
    return locked


@transaction.atomic
def discard_staff_edits(submission: Submission, *, by: User, revision: int | None = None) -> bool:
    """Put back the text as it was sent, files included; return whether there was anything to discard.

    The edits stay among the revisions. Raises as `edit_as_staff` does.
    """
    locked = _locked(submission, by, revision)
    sent = _sent_text(locked)
    if not locked.edited_by_staff or sent is None:
        return False
    SubmissionAttachment.objects.bulk_create(
        SubmissionAttachment(submission=locked, **row) for row in _taken_away(locked, sent)
    )
    _write(locked, values_of(sent.content), countries_of(sent.content), sources_of(sent.content))
    locked.edited_by, locked.edited_by_staff = sent.saved_by, False
    locked.save()
    return True


def edits_of(submission: Submission) -> Comparison | None:
    """Return what the secretariat changed since it was last sent, in the reader's language; None where nothing."""
    edit = edit_of(submission)
    sent = _sent_text(submission) if edit else None
    return compare(sent.content, edit.content) if edit and sent else None


def edit_of(submission: Submission) -> SubmissionRevision | None:
    """Return the text as the secretariat left it: by whom, when. None where it stands as it was sent."""
    if not submission.edited_by_staff:
        return None
    return submission.revisions.filter(kind=RevisionKind.EDITED).first()


def _sent_text(submission: Submission) -> SubmissionRevision | None:
    return submission.revisions.filter(kind=RevisionKind.SENT).first()


def _locked(submission: Submission, by: User, revision: int | None) -> Submission:
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if not rules.may_edit_as_staff(by, locked):
        raise PermissionDenied(_("This submission cannot be edited now."))
    if revision is not None and revision != locked.revision:
        raise NewerText(locked)
    return locked


def _claim(locked: Submission, by: User) -> None:
    if locked.status == SubmissionStatus.SUBMITTED:
        transition(locked, "claim", by=by)
    elif locked.claimed_by_id is None:
        locked.claimed_by, locked.claimed_at = by, timezone.now()


def _write(
    locked: Submission,
    values: Mapping[str, Any],
    countries: Iterable[Country] | None,
    sources: Iterable[Mapping[str, str]] | None,
) -> None:
    for name, value in values.items():
        setattr(locked, name, value)
    locked.revision += 1
    if countries is not None:
        locked.countries.set(countries)
    if sources is not None:
        replace_sources(locked, sources)


def _check(locked: Submission) -> None:
    """What was sent was complete, so what is edited is: nobody else can mend it before it is decided."""
    problems = validation.problems_of(locked)
    problems.pop("initiative", None)  # that it was removed since is no fault of the text
    if problems:
        raise ValidationError(problems)


def _take_away(locked: Submission, keys: Several[int]) -> list[dict[str, Any]]:
    """Delete the rows and return them. The files stay stored: what was sent must not be lost."""
    rows = locked.attachments.filter(pk__in=keys).order_by("position", "pk")
    found = list(rows.values(*_FILE_COLUMNS))
    rows.delete()
    return found


def _taken_away(locked: Submission, sent: SubmissionRevision) -> list[dict[str, Any]]:
    """Return the files that earlier edits took away since it was sent."""
    edit = locked.revisions.filter(kind=RevisionKind.EDITED, pk__gt=sent.pk).first() if locked.edited_by_staff else None
    return edit.content.get(TAKEN_AWAY, []) if edit else []
