"""What moderation does by itself, now and then."""

from datetime import timedelta

from moderation import duties
from moderation.services import take_due_effects
from moderation.workflow import registered
from outbox.jobs import recurring


@recurring(every=timedelta(seconds=10))
def take_effect_of_held_decisions() -> str:
    """Publish and tell what has been held long enough."""
    counts = [take_due_effects(model) for model in registered()]
    done, failed = (sum(column) for column in zip(*counts, strict=True))
    return f"{done} took effect, {failed} failed"


@recurring(every=timedelta(hours=1))
def tell_moderators_what_waits() -> str:
    """Mail those who look after something that waits, once a day."""
    return f"{duties.mail_what_waits()} mails written"
