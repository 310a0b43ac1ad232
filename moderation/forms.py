"""What a moderator writes with a move."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.text import clean_block
from moderation import reasons
from moderation.models import Moderated
from moderation.workflow import Move

REASON_MAX, NOTE_MAX = 4_000, 4_000  # characters
WHEN = ("at_once", "takes_effect_at")


class ReasonField(forms.ModelChoiceField):
    """A canned reason, with the moves that it is offered for where there are several to choose from."""

    moves: Sequence[Move] = ()

    def label_from_instance(self, reason) -> str:
        labels = ", ".join(str(move.label) for move in self.moves if move.reasons_name in reason.moves)
        return f"{reason.label} ({labels})" if len(self.moves) > 1 else reason.label


class DecisionForm(forms.Form):
    """The reason that people are told, a note that they are not, and when it takes effect.

    Which moves need a reason, and what times are possible, `transition` knows. `moves` are those that the form is for:
    what none of them can use is not asked. `move` is the one that was chosen.
    """

    reason = ReasonField(
        label=_("Frequent reason"),
        help_text=_("Told in the contributor's language, before your own words."),
        queryset=None,
        to_field_name="code",
        required=False,
        empty_label=_("none"),
    )
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
    at_once = forms.BooleanField(
        label=_("At once"), help_text=_("It cannot be undone then."), required=False, label_suffix=""
    )
    takes_effect_at = forms.DateTimeField(
        label=_("Approve for a later time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args, moves: Sequence[Move], move: Move | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.move = move
        self._offer_reasons(moves)
        if not any(one.held for one in moves):
            self.fields.pop("at_once", None)
        if not any(one.schedulable for one in moves):
            self.fields.pop("takes_effect_at", None)
        else:
            zone = timezone.get_current_timezone_name()
            self.fields["takes_effect_at"].help_text = format_lazy(_("Time zone: {zone}."), zone=zone)
        if moves and all(one.of_held for one in moves):
            self.fields["public_reason"].help_text = _("For colleagues: the contributor does not read it.")

    def _offer_reasons(self, moves: Sequence[Move]) -> None:
        field = self.fields["reason"]
        field.moves = [one for one in moves if one.reasons_name in reasons.moves_with_reasons()]
        field.queryset = reasons.offered(field.moves)
        if not field.moves or not field.queryset.exists():
            del self.fields["reason"]

    def main_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in WHEN]

    def when_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in WHEN]

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if reason and self.move and self.move.reasons_name not in reason.moves:
            values = {"reason": reason.label, "move": self.move.label}
            raise ValidationError(_("“%(reason)s” is not offered for “%(move)s”.") % values, code="not_offered")
        return reason

    def clean_takes_effect_at(self):
        at = self.cleaned_data["takes_effect_at"]
        if at and at <= timezone.now():
            raise ValidationError(_("This time is past. Choose a later one."), code="past")
        if at and self.cleaned_data.get("at_once"):
            raise ValidationError(_("Choose either a time or “At once”."), code="both")
        return at

    def has_reason(self) -> bool:
        """Whether a reason is given where the chosen move needs one; what is missing is noted beside the field."""
        given = self.cleaned_data.get("reason") or clean_block(self.cleaned_data["public_reason"])
        if self.move and self.move.reason_required and not given:
            self.add_error("public_reason", _("Give a reason."))
        return not self.errors

    def said(self) -> dict[str, Any]:
        """Return what `attempts.attempt` takes."""
        values = dict(self.cleaned_data)
        if values.pop("at_once", False):
            values["takes_effect_at"] = timezone.now()
        return values

    def add_refusal(self, error: ValidationError, subject: Moderated) -> None:
        """Show why a move was not made: beside its field where the form has it, else on top, with the field's name."""
        for name, message in problems(error, subject):
            if name in self.fields:
                self.add_error(name, message)
            else:
                self.add_error(None, message)


class ManyForm(DecisionForm):
    """The same for many: their effects would take longer than a page may, so they come at the end of the hold."""

    at_once = None


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
