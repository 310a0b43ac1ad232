"""What workers do for this room."""

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from outbox.models import Letter, LetterState


@task()
def deliver(letter_id: int) -> None:
    """Send one letter."""
    letter = Letter.objects.get(pk=letter_id)
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": letter.message_id, **letter.headers}
    EmailMessage(letter.subject, letter.body, to=[letter.recipient], headers=headers).send()
    letter.state, letter.sent_at = LetterState.SENT, timezone.now()
    letter.save(update_fields=["state", "sent_at"])
