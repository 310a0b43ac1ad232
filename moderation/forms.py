"""What a moderator writes with a move."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moderation.models import Moderated

REASON_MAX, NOTE_MAX = 4_000, 4_000  # characters


class DecisionForm(forms.Form):
    """The reason that people are told, and a note that they are not. Which moves need a reason, `transition` knows."""

    public_reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The people concerned read it."),
        max_length=REASON_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    private_note = forms.CharField(
        label=_("Note to colleagues"),
        help_text=_("Stays in the decision log."),
        max_length=NOTE_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def add_refusal(self, error: ValidationError, subject: Moderated) -> None:
        """Show why a move was not made: beside its field where the form has it, else on top, with the field's name."""
        for name, message in problems(error, subject):
            if name in self.fields:
                self.add_error(name, message)
            else:
                self.add_error(None, message)


def problems(error: ValidationError, subject: Moderated) -> list[tuple[str, str]]:
    """Return each message of `error` with its field's name; those about the subject's fields begin with the label."""
    if not hasattr(error, "error_dict"):
        return [("", message) for message in error.messages]
    labels = {field.name: field.verbose_name for field in subject._meta.get_fields() if hasattr(field, "verbose_name")}
    found = []
    for name, messages in error.message_dict.items():
        prefix = f"{labels[name]}: " if name in labels else ""
        found += [(name, f"{prefix}{message}") for message in messages]
    return found
