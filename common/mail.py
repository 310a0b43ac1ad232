"""Mail goes through the task queue: a slow or absent mail server never holds a page up or loses a letter."""

import datetime
import logging
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

logger = logging.getLogger(__name__)

# Minutes to wait after each failure; then the letter is given up, and the log says so.
RETRY_AFTER = (1, 5, 30, 120, 720)


def send_later(template: str, context: dict[str, Any], *, to) -> None:
    """Render `template` (first line: subject) in the language of the person `to` and send it after commit."""
    with translation.override(to.language or settings.LANGUAGE_CODE):
        text = render_to_string(template, {**context, "person": to, "site_name": settings.SITE_NAME})
    subject, _, body = text.strip().partition("\n")
    queue(subject, body.strip() + "\n", [to.email])


def queue(subject: str, body: str, to: list[str]) -> None:
    """Send a plain letter through the task queue."""
    deliver.enqueue(" ".join(subject.split()), body, to)


@task()
def deliver(subject: str, body: str, to: list[str], failures: int = 0) -> None:
    """Send one letter; where the mail server is away, try again later."""
    try:
        EmailMessage(subject, body, to=to, headers={"Auto-Submitted": "auto-generated"}).send()
    except (OSError, smtplib.SMTPException) as error:
        if failures >= len(RETRY_AFTER):
            logger.error("mail given up after %d failures: %s", failures + 1, type(error).__name__)
            raise
        logger.warning("mail waits for another try: %s", type(error).__name__)
        later = timezone.now() + datetime.timedelta(minutes=RETRY_AFTER[failures])
        deliver.using(run_after=later).enqueue(subject, body, to, failures + 1)
