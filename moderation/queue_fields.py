"""Form fields of the queue's filters."""

from collections.abc import Iterable
from html import escape as escape_text
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import pgettext


def escape(value: Any) -> str:
    return escape_text(str(value))


class PlainSelect(forms.Select):
    """A menu made without a template for each of its lines: the countries are 249."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = str(value or "")
        lines = "".join(
            f'<option value="{escape(code)}"{" selected" if str(code) == chosen else ""}>{escape(label)}</option>'
            for code, label in self.choices
        )
        key = (attrs or {}).get("id", "")
        return SafeString(f'<select name="{escape(name)}" id="{escape(key)}">{lines}</select>')


def menu(label, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    """Return the field of a filter that takes one of `choices`, or none."""
    return forms.ChoiceField(
        label=label, choices=[("", pgettext("filter", "All")), *choices], required=False, widget=PlainSelect
    )
