"""The short form about the end of a public measure."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.dates import PartialDate
from common.form_fields import CleanCharField, PartialDateField
from common.validators import MAX_URL_LENGTH, validate_web_address
from initiatives import status
from initiatives.forms import initial
from initiatives.models import Initiative
from initiatives.services.endings import OVER, Ending


class EndingForm(forms.Form):
    """What happened and when. Of the contributor it asks only what they have not said before."""

    asked = frozenset({"on"})

    ending = forms.ChoiceField(label=_("What happened?"), choices=Ending.choices, widget=forms.RadioSelect)
    on = PartialDateField(
        label=_("Date"),
        required=False,
        help_text=_("The last day, the day of the revocation, or the new end. Leave it empty if no end is set."),
    )
    source_url = CleanCharField(
        label=_("Web address of a source"),
        required=False,
        validators=[validate_web_address],
        widget=forms.URLInput({"maxlength": MAX_URL_LENGTH, "inputmode": "url", "dir": "ltr"}),
        help_text=_("Where a moderator can read about it. It joins the sources of the public text."),
    )
    starts = PartialDateField(
        label=_("Starts on"),
        help_text=_("The public text does not say it. Leave the day, or day and month, empty if you do not know."),
    )
    contributor_name = CleanCharField(label=_("Your name"), max_length=100)
    contributor_role = CleanCharField(label=_("Your role"), max_length=100, help_text=_("It is not published."))
    contributor_email = forms.EmailField(label=_("Your e-mail address"))
    consent = forms.BooleanField(label=_("I agree that this will be public under CC BY 4.0"))

    def __init__(self, data=None, *, user: User, initiative: Initiative, chosen: str = "") -> None:
        self.known = initial.of_person(user)
        self.agreed_before = user.submissions.filter(consent_at__isnull=False).exists()
        super().__init__(data, initial=_guesses(chosen))
        answered = [name for name in initial.CONTRIBUTOR if self.known.get(name)]
        answered += ["consent"] if self.agreed_before else []
        answered += ["starts"] if initiative.starts_on else []
        for name in answered:
            del self.fields[name]

    def contributor(self) -> dict[str, Any]:
        """Return the columns of the contributor, from before and from this form."""
        said = {name: self.cleaned_data.get(name) or self.known.get(name, "") for name in initial.CONTRIBUTOR}
        return {**said, "consent_at": timezone.now()}

    def show(self, refusal: ValidationError) -> None:
        """Put what is not right beside its field, and what has no field here on top."""
        for name, errors in refusal.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


class ReviewEndingForm(EndingForm):
    """The answer “has ended” to a letter that asks: the day alone, where the person is known."""

    def __init__(self, data=None, *, user: User, initiative: Initiative) -> None:
        super().__init__(data, user=user, initiative=initiative, chosen=Ending.ENDED)
        del self.fields["ending"]
        self.fields["on"].label, self.fields["on"].required = _("Its last day"), True
        self.fields["on"].help_text = ""


def _guesses(chosen: str) -> dict[str, Any]:
    if chosen not in Ending:
        return {}
    today = status.today()
    return {"ending": chosen, "on": PartialDate(today.year, today.month, today.day) if chosen in OVER else None}
