"""Forms about people."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import reserved
from accounts.handles import FormerHandle
from accounts.models import User
from common.form_fields import CleanCharField
from common.text import clean_line

FORMER_MAX = 5  # handles of a person that nobody else can take


def cleaned_name(text: str) -> str:
    """Return the name on one line. Raises ValidationError where hardly anything is seen of it."""
    name = clean_line(text)
    if len(name) < 2:
        raise ValidationError(_("Give the name that others will see."))
    return name


class SignupNameForm(forms.Form):
    """What sign-up asks beside the e-mail address."""

    name = forms.CharField(
        label=_("Your name, as others will see it"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self):
        name = cleaned_name(self.cleaned_data["name"])
        reserved.check_name(name)
        return name

    def signup(self, request, user):
        """Nothing beside what the adapter has saved."""


class PersonForm(forms.ModelForm):
    """A person, whose handle nobody else may have had."""

    def clean_handle(self):
        handle = self.cleaned_data["handle"]
        if FormerHandle.objects.kept_from(self.instance, handle):
            raise forms.ValidationError(_("Somebody else had this handle; choose another one."), code="kept")
        if handle != self.instance.handle and reserved.is_of_leaving(handle):
            reserved.check_handle(handle)
        return handle


class ProfileForm(PersonForm):
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
        if clean_line(self.cleaned_data["name"]) == self.instance.name:
            return self.instance.name  # that staff gave them, however short
        name = cleaned_name(self.cleaned_data["name"])
        if not self.instance.is_staff:
            reserved.check_name(name)
        return name

    def clean_handle(self):
        handle, had = super().clean_handle(), self.instance.former_handles
        is_new = handle != self.instance.handle and not had.filter(handle=handle).exists()
        if is_new and not self.instance.is_staff:
            reserved.check_handle(handle)
        if is_new and had.count() >= FORMER_MAX:
            raise forms.ValidationError(_("You have changed your handle too often; write to us."), code="often")
        return handle


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
