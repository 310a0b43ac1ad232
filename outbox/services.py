"""Writes of letters."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from outbox.models import Letter


def render(template: str, context: Mapping[str, Any], *, to) -> tuple[str, str]:
    """Return subject and text of the letter in the language of the person `to`; the first line is the subject."""
    with translation.override(to.language or settings.LANGUAGE_CODE):
        text = render_to_string(template, {**context, "person": to, "site_name": settings.SITE_NAME})
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split()), body.strip() + "\n"


def send_later(
    template: str,
    context: Mapping[str, Any],
    *,
    to,
    occasion: str = "",
    headers: Mapping[str, str] | None = None,
) -> Letter | None:
    """Render `template` in the language of the person `to` and write the letter, which leaves after commit.

    `to` has `email` and `language`. With an `occasion` (e.g. "decision-17-42") the letter is written once; None where
    it was before.
    """
    subject, body = render(template, context, to=to)
    return write(subject, body, to.email, occasion=occasion, headers=headers)


@transaction.atomic
def write(
    subject: str,
    body: str,
    recipient: str,
    *,
    occasion: str = "",
    headers: Mapping[str, str] | None = None,
    is_secret: bool = False,
    priority: int = 0,
) -> Letter | None:
    """Write a plain letter that leaves after commit; None where one for this occasion was written before."""
    from outbox.tasks import deliver  # the task reads what is written here

    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    letter = Letter(
        subject=" ".join(subject.split())[:300],
        body=body,
        recipient=recipient,
        occasion=occasion,
        headers=dict(headers or {}),
        is_secret=is_secret,
        priority=priority,
        due_at=timezone.now(),
        message_id=f"<{uuid.uuid4().hex}@{host}>",
    )
    try:
        with transaction.atomic():
            letter.save()
    except IntegrityError:  # this occasion was told of before
        return None
    deliver.using(priority=priority).enqueue(letter.pk)
    return letter
