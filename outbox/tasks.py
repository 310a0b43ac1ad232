"""What workers do for this room."""

from django_tasks import task

from outbox import delivery


@task()
def deliver(letter_id: int) -> str:
    """Send one letter, if it still waits."""
    return delivery.deliver(letter_id)
