"""Validators shared by forms, models and imports."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

MAX_URL_LENGTH = 500
_web_url = URLValidator(schemes=["http", "https"])

validate_domain = RegexValidator(
    re.compile(r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$"),
    _("Write a domain such as regulator.example, in small letters, without http."),
)


def validate_web_address(value: str) -> None:
    """Refuse what is no http(s) address of a public host: other schemes, user names, spaces, over 500 characters."""
    if len(value) > MAX_URL_LENGTH:
        raise ValidationError(
            _("This address has %(length)d characters; at most %(limit)d are possible.")
            % {"length": len(value), "limit": MAX_URL_LENGTH},
            code="url_length",
        )
    try:
        _web_url(value)
        parts = urlsplit(value)
    except (ValidationError, ValueError) as error:
        raise ValidationError(
            _("Write a full web address that starts with http:// or https://."), code="url"
        ) from error
    if parts.username is not None or "@" in parts.netloc:
        raise ValidationError(_("An address must not contain a user name or password."), code="url")
    if "." not in (parts.hostname or "") or parts.hostname.endswith((".local", ".internal")):
        raise ValidationError(_("This address is not on the public web."), code="url")
