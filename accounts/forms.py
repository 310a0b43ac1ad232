"""Forms about people."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.form_fields import CleanCharField
from common.text import clean_line


class SignupNameForm(forms.Form):
    """What sign-up asks beside the e-mail address."""

    name = forms.CharField(
        label=_("Your name, as others will see it"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self):
        name = clean_line(self.cleaned_data["name"])
        if len(name) < 2:
            raise ValidationError(_("Give the name that others will see."))
        return name

    def signup(self, request, user):
        """Nothing beside what the adapter has saved."""


class ProfileForm(forms.ModelForm):
    """What people change about themselves."""

    language = forms.ChoiceField(
        label=_("Language of mails"),
        choices=settings.LANGUAGES,
        help_text=_("Where something is not translated yet, it comes in English."),
    )

    class Meta:
        model = User
        fields = ["name", "handle", "language"]

    def clean_name(self):
        return clean_line(self.cleaned_data["name"])


class OrganisationSearchForm(forms.Form):
    """Words of the name of an organisation that somebody wants to join."""

    q = CleanCharField(label=_("Name of the organisation"), max_length=200)


class AnswerForm(forms.Form):
    """What a member answers to a colleague who asks to join."""

    answer = forms.ChoiceField(choices=[("confirm", ""), ("refuse", "")])
    reason = CleanCharField(label=_("Reason, sent to the person"), required=False, max_length=500)


class LeaveForm(forms.Form):
    """Nobody closes an account by a slip of the hand."""

    sure = forms.BooleanField(
        label=_("Close my account for ever"),
        error_messages={"required": _("Tick the box if you want to close your account.")},
    )
