"""What was typed into the form, to be shown where it could not be taken."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from initiatives.forms.sources import SourceForm
from initiatives.forms.submission import SubmissionForm
from initiatives.models.content import SOURCES_MAX

SHOWN_MAX = 20_000  # characters of one answer


def typed_words(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was typed, each with the label of its field; choices and dates are quicker made again."""
    found = [
        (str(field.label), data.get(name, "")) for name, field in SubmissionForm.base_fields.items() if _text(field)
    ]
    for place in range(SOURCES_MAX):
        number = _("source %(number)d") % {"number": place + 1}
        for name, field in SourceForm.base_fields.items():
            if _text(field):
                found.append((f"{number}: {field.label}", data.get(f"sources-{place}-{name}", "")))
    return [(label, text[:SHOWN_MAX]) for label, text in found if text.strip()]


def _text(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.TextInput | forms.Textarea)
