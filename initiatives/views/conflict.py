"""When a newer text is there already: whose it is, and what is different."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from accounts.models import User
from common import diff
from common.form_fields import ListField
from common.text import clean
from initiatives.comparison import Comparison, Field, Side, compare
from initiatives.forms.sources import COLUMNS, SourceRows
from initiatives.forms.submission import SubmissionForm
from initiatives.models import Submission

Text = Mapping[str, Any]  # as services.text_of makes it
# Columns of a text that are called otherwise than the form's field.
COLUMN_OF = {"starts": "starts_on", "ends": "ends_on", "end_kind": "end", "organisation_name": "organisation"}


@dataclass(frozen=True)
class Conflict:
    """Two texts, theirs and the reader's. `who` is empty where the reader saved it, in another window."""

    who: str
    at: datetime.datetime
    comparison: Comparison

    @classmethod
    def between(cls, submission: Submission, theirs: Text, mine: Text, *, reader: User) -> Self:
        by = submission.edited_by or submission.author
        found = Comparison([*compare(theirs, mine).changed, *private_differences(theirs, mine)])
        return cls("" if by == reader else by.name, submission.updated_at, found)


def private_differences(theirs: Text, mine: Text) -> Iterable[Field]:
    """Yield what differs of that which is never published."""
    old, new = (text.get("private", {}) for text in (theirs, mine))
    for name in old.keys() | new.keys():
        sides = [_words(row.get(name)) for row in (old, new)]
        if sides[0] != sides[1]:
            segments = diff.items(sides[:1], sides[1:])
            yield Field(name, str(SubmissionForm.base_fields[name].label), *map(Side, sides, segments))


def _words(value: Any) -> str:
    return _("yes") if value is True else value or ""


def typed_text(text: dict[str, Any], form: SubmissionForm, sources: SourceRows) -> dict[str, Any]:
    """Return the text with what could not be saved as it was typed, so that keeping it loses nothing."""
    typed = {COLUMN_OF.get(name, name): _raw(form, name) for name in form.errors if name in form.fields}
    public = {name: value for name, value in typed.items() if name in text}
    private = {name: value for name, value in typed.items() if name in text["private"]}
    rows = {}
    for number, row in enumerate(sources, start=1):
        if row.errors:
            parts = zip(COLUMNS, ("url", "title", "body", "kind"), strict=True)
            rows |= {f"source{number}_{part}": _clean(row[name].value() or "") for name, part in parts}
    return text | public | rows | {"private": text["private"] | private}


def _raw(form: SubmissionForm, name: str) -> Any:
    """Return what was typed: a date of three parts as one line, a list as a list."""
    value, field = _clean(form[name].value()), form.fields[name]
    if isinstance(field, ListField):
        return field.to_python(value)
    if name in ("starts", "ends", "declared_on") and isinstance(value, list):
        return "-".join(str(part) for part in reversed(value) if part)
    return "" if value is None else value


def _clean(value: Any) -> Any:
    """Return what was typed without characters that no database keeps."""
    if isinstance(value, list):
        return [_clean(part) for part in value]
    return clean(value) if isinstance(value, str) else value
