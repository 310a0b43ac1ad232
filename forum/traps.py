"""Signs of a program in a form: a field that people do not see, and the time since the form was drawn.

They refuse nothing. What they are worth, `forum.policy` decides: who is a person after all waits for a moderator.
"""

from typing import Any

from django import forms
from django.core import signing

from forum.vocabulary import Waits

HURRY = 3  # seconds: nobody reads a page and writes to it within less
KEPT = 7 * 24 * 60 * 60  # seconds: who writes to a page for longer waits for a moderator, unless they have a record
_signer = signing.TimestampSigner(salt="forum.drawn")


class LureInput(forms.TextInput):
    """A field that neither shows, nor is reached by keyboard, nor read aloud; its words tell who finds it anyway."""

    template_name = "forum/_lure.html"
    is_hidden = True  # drawn without a place among the fields

    def __init__(self) -> None:
        super().__init__({"tabindex": "-1", "autocomplete": "off"})


class Trapped(forms.Form):
    """A form that says in `cleaned_data["signs"]` by which of these codes it looks as if a program had sent it."""

    homepage = forms.Field(widget=LureInput, required=False)
    drawn = forms.Field(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("initial", {}).setdefault("drawn", _signer.sign(""))
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        signs = {Waits.LURED: bool(said.pop("homepage", "")), Waits.HURRIED: not is_slow(said.pop("drawn", ""))}
        return {**said, "signs": [sign for sign, holds in signs.items() if holds]}


def is_slow(drawn: str | None) -> bool:
    """Whether the form was drawn by us within a week, and longer ago than a program takes to fill it in."""
    return _is_younger(drawn or "", KEPT) and not _is_younger(drawn or "", HURRY)


def _is_younger(drawn: str, seconds: int) -> bool:
    try:
        _signer.unsign(drawn, max_age=seconds)
    except signing.BadSignature:  # an expired one is such
        return False
    return True
