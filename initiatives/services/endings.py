"""That a public measure has ended or goes on longer: a correction of its dates, sent for review at once."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.dates import PartialDate
from initiatives import status
from initiatives.models import Initiative, Submission
from initiatives.models.content import SOURCES_MAX
from initiatives.services.drafts import save_draft, start_correction
from initiatives.vocabulary import EndKind, MeasureStatus, SourceKind
from initiatives.web_addresses import key_of
from moderation.services import transition


class Ending(models.TextChoices):
    """What somebody says about the end of a measure."""

    ENDED = "ended", _("It has ended")
    REVOKED = "revoked", _("It was revoked")
    EXTENDED = "extended", _("It was extended until a date")
    OPEN_ENDED = "open_ended", _("It was extended without an end")


OVER = (Ending.ENDED, Ending.REVOKED)


class AlreadyOpen(Exception):
    """The person has a correction of the initiative that is not decided yet: `submission`."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(f"{submission.key} is not decided yet")
        self.submission = submission


def open_correction(initiative: Initiative, *, by: User) -> Submission | None:
    """Return the correction of `initiative` by this person that is not decided yet."""
    return Submission.objects.open().filter(initiative=initiative, author=by).first()


def colleagues_corrections(initiative: Initiative, *, by: User) -> models.QuerySet[Submission]:
    """Return the corrections by colleagues that are not decided yet and that `by` may go on with."""
    rows = Submission.objects.of(by).open().filter(initiative=initiative).exclude(author=by)
    return rows.select_related("author", "organisation", "initiative")


@transaction.atomic
def propose_ending(
    initiative: Initiative,
    ending: Ending,
    on: PartialDate | None = None,
    *,
    by: User,
    contributor: Mapping[str, Any],
    source_url: str = "",
    starts: PartialDate | None = None,
) -> Submission:
    """Send a correction that changes the dates of the public text and nothing else; return it.

    `on` is the last day, or the day of the revocation; nothing where the measure is open-ended now. `contributor` holds
    what is asked of every contributor: contributor_name, _role, _email and consent_at. `starts` completes a public text
    without a start. Raises AlreadyOpen, and ValidationError by `on`, `source_url` or what else is not right; then
    nothing is written.
    """
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)
    undecided = open_correction(initiative, by=by)
    if undecided:
        raise AlreadyOpen(undecided)
    check(initiative, ending, on)
    submission = start_correction(initiative, by=by)
    values = {**_dates(initiative, ending, on), **contributor}
    if starts and not initiative.starts_on:
        values |= {"starts_on": starts.first, "starts_precision": starts.precision}
    save_draft(submission, by=by, values=values, sources=_sources(submission, source_url))
    transition(submission, "submit", by=by)
    return submission


def check(initiative: Initiative, ending: Ending, on: PartialDate | None) -> None:
    """Raise ValidationError where the date cannot be right, or where the public text says so already."""
    if ending == Ending.OPEN_ENDED:
        if initiative.end_kind == EndKind.OPEN_ENDED and not initiative.declared_status:
            _refuse("ending", _("The public text says so already: it is open-ended."))
        return
    if on is None:
        _refuse("on", _("Give the date."))
    if initiative.starts_on and on.last < initiative.starts_on:
        _refuse("on", _("This lies before the start."))
    if ending in OVER:
        _check_over(on)
    elif initiative.ends_on and on.last <= initiative.ends_on and not initiative.declared_status:
        _refuse("on", _("The public text has this end, or a later one, already."))


def _check_over(on: PartialDate) -> None:
    if not on.day:
        _refuse("on", _("Give day, month and year."))
    if on.first > status.today():
        _refuse("on", _("This day is still to come. Say that it was extended until then."))


def _refuse(name: str, message) -> None:
    raise ValidationError({name: ValidationError(message, code="invalid")})


def _dates(initiative: Initiative, ending: Ending, on: PartialDate | None) -> dict[str, Any]:
    """Return the columns that change. A measure that ended before the end it had announced keeps that date as well."""
    if ending == Ending.OPEN_ENDED:
        return _declared("") | {"end_kind": EndKind.OPEN_ENDED, "ends_on": None}
    end = {"end_kind": EndKind.DATE, "ends_on": on.last, "ends_precision": on.precision}
    if ending == Ending.EXTENDED:
        return _declared("") | end
    if ending == Ending.REVOKED:
        return _declared(MeasureStatus.REVOKED, on)
    early = initiative.ends_on is not None and initiative.ends_on > on.first
    return _declared(MeasureStatus.ENDED, on) | ({} if early else end)


def _declared(declared: str, on: PartialDate | None = None) -> dict[str, Any]:
    return {"declared_status": declared, "declared_on": on and on.first}


def _sources(submission: Submission, url: str) -> list[dict[str, Any]] | None:
    """Return the sources with the new one; None where nothing is to be changed."""
    rows = list(submission.sources.values("url", "title", "issuing_body", "kind"))
    if not url or key_of(url) in {key_of(row["url"]) for row in rows}:
        return None
    if len(rows) >= SOURCES_MAX:
        _refuse("source_url", _("There are five sources already. Use the full form to replace one of them."))
    return [*rows, {"url": url, "title": "", "issuing_body": "", "kind": SourceKind.OTHER}]
