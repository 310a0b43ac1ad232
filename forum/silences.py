"""What somebody whom a moderator has silenced reads of it: until when, and why."""

import datetime
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from forum.models import Member
from forum.services.effects import SILENCES
from moderation.models import Decision


class Silence(NamedTuple):
    """Until when somebody may post nothing, and the reason that was given to them."""

    until: datetime.datetime
    reason: str


def of(user) -> Silence | None:
    """Return the silence of the person; None where there is none, and for visitors. One query for who is signed in."""
    if not user.is_authenticated:
        return None
    kind = ContentType.objects.get_for_model(Member)
    moves = Decision.objects.filter(content_type=kind, object_id=OuterRef("pk"), move__in=SILENCES)
    found = Member.objects.filter(user=user, status=Member.Status.SILENCED, silenced_until__gt=timezone.now())
    reason = Subquery(moves.order_by("-pk").values("public_reason")[:1])
    row = found.values_list("silenced_until", reason).first()
    return Silence(row[0], row[1] or "") if row else None
