"""How a refusal is worded."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refused(message, name: str) -> ValidationError:
    """Return the error to raise; `message` says `%(name)s` where the file's name belongs."""
    return ValidationError(message, code="file", params={"name": name})


def wrong(name: str) -> ValidationError:
    return refused(_("“%(name)s” is damaged, or not of the type that its name says."), name)
