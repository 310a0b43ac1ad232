"""The mail backend of an installation that has named no mail server."""

from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend


class NoMailServer(BaseEmailBackend):
    """Refuses: a task that sends mail fails, is seen and can be repeated, where a silent backend would lose it."""

    def send_messages(self, email_messages) -> int:
        raise ImproperlyConfigured("No mail server is configured: set EMAIL_URL (see README, Configure).")
