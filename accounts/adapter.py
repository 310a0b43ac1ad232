"""How allauth makes people and sends its mail here."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.services import unused_handle
from common.text import clean_line
from outbox.services import write


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up asks for a name; letters go through the task queue, like all letters."""

    def save_user(self, request, user, form, commit=True):
        user.name = clean_line(form.cleaned_data.get("name", ""))[:100]
        user.handle = unused_handle(user.name)
        user.language = getattr(request, "LANGUAGE_CODE", "en")
        return super().save_user(request, user, form, commit)

    def clean_email(self, email: str) -> str:
        """Refuse addresses that no mail can reach (RFC 2606): accounts of the portal and of who has left have them."""
        if email.lower().rstrip(".").endswith(".invalid"):
            raise ValidationError(_("Enter a valid email address."), code="invalid")
        return super().clean_email(email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = SimpleNamespace(name=settings.SITE_NAME, domain=urlsplit(settings.SITE_URL).netloc)
        context = {"request": current.request, "email": email, "current_site": site, **context}
        message = self.render_mail(template_prefix, email, context)
        for recipient in message.to:
            write(message.subject, message.body, recipient, is_secret=True, priority=50)
