"""Who says something: what everybody reads beside a name, and never more."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import StakeholderType, User

NEEDED = ("name", "handle", "is_active", "is_system")


def person(user: User) -> dict[str, Any]:
    """Return the name, and for whom the person speaks now (`people.add_voices`); a handle where they have a page."""
    has_page = user.is_active and not user.is_system
    return {
        "name": user.name,
        "handle": user.handle if has_page else None,
        "url": settings.SITE_URL + reverse("forum:member", args=[user.handle]) if has_page else None,
        "organisations": [
            {
                "name": voice.organisation,
                "type": voice.kind,
                "type_label": str(StakeholderType(voice.kind).label),
                "country": voice.code or None,
                "verified": voice.is_verified,
            }
            for voice in user.speaks_for
        ],
    }
