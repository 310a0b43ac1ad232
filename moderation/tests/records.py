"""Decisions for tests, written as the log holds them: `story(model, 1, ("submit", 50), ("approve", 47))`."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.models import User
from moderation.models import Decision
from tests.factories import ModeratorFactory, UserFactory


def write(model, thing: int, move: str, *, at: datetime, by: User, **more) -> Decision:
    """Return a decision of that time."""
    values = {"subject_name": f"Thing {thing}", "from_status": "x", "to_status": "y", **more}
    row = Decision(
        content_type=ContentType.objects.get_for_model(model),
        object_id=thing,
        move=move,
        decided_by=by,
        decided_by_name=by.name,
        by_machine=by.is_system,
        decided_at=at,
        **values,
    )
    field = Decision._meta.get_field("decided_at")
    field.auto_now_add = False
    try:
        row.save(force_insert=True)
    finally:
        field.auto_now_add = True
    return row


def story(model, thing: int, *moves, by=None, sent_by=None, end: datetime | None = None, **more) -> None:
    """Write moves on a thing: name, and how many hours before `end` (now)."""
    by, sent_by, end = by or ModeratorFactory(), sent_by or UserFactory(), end or timezone.now()
    for move, ago in moves:
        write(model, thing, move, at=end - timedelta(hours=ago), by=sent_by if move == "submit" else by, **more)
