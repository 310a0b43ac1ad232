"""The sources of a measure: one to five rows."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from common.form_fields import CleanCharField
from common.validators import MAX_URL_LENGTH, validate_web_address
from initiatives.forms.rows import Rows
from initiatives.forms.widgets import Menu
from initiatives.models.content import SOURCES_MAX
from initiatives.vocabulary import SourceKind

Row = dict[str, str]  # url, title, issuing_body, kind
COLUMNS = ("url", "title", "issuing_body", "kind")
_KINDS = [("", _("Choose a kind")), *((code, capfirst(words)) for code, words in SourceKind.choices)]


class SourceForm(forms.Form):
    """One source. A row left empty is no source."""

    asked = frozenset({"url"})

    url = CleanCharField(
        label=_("Web address"),
        required=False,
        validators=[validate_web_address],
        widget=forms.URLInput({"maxlength": MAX_URL_LENGTH, "inputmode": "url", "dir": "ltr"}),
    )
    title = CleanCharField(label=_("Title of the source"), required=False, max_length=200)
    issuing_body = CleanCharField(label=_("Issuing body"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind of source"), required=False, choices=lambda: _KINDS, widget=Menu)

    def clean(self):
        data = super().clean()
        described = data.get("title") or data.get("issuing_body") or data.get("kind")
        if described and not data.get("url") and "url" not in self.errors:
            self.add_error("url", ValidationError(_("Give the web address of this source."), code="required"))
        return data

    @property
    def is_open(self) -> bool:
        """Whether something is in it, so that the page shows it unfolded."""
        return bool(self.errors) or any(field.value() for field in self)

    def row(self) -> Row | None:
        """Return the columns of a valid source, or None where the row was left empty."""
        if not self.cleaned_data.get("url"):
            return None
        row = {name: self.cleaned_data[name] for name in COLUMNS}
        return row | {"kind": row["kind"] or SourceKind.OTHER}


class SourceRows(Rows):
    """Five rows, always shown, so that nobody needs a script to add one."""

    form_class, prefix, count = SourceForm, "sources", SOURCES_MAX

    def sources(self, kept: Sequence[Row] = ()) -> list[Row]:
        """Return the valid rows, in order; in place of an invalid one what was `kept` there before."""
        stored = dict(enumerate(kept))
        found = [stored.get(place) if form.errors else form.row() for place, form in enumerate(self.forms)]
        return [row for row in found if row]
