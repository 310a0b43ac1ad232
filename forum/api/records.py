"""Topics and posts as JSON has them, and the rows that they are made of. Addresses are whole ones."""

from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from forum.api.people import NEEDED, person
from forum.models import Post, Topic
from forum.querysets import PostQuerySet, TopicQuerySet

_TOPIC = (
    "board",
    "title",
    "slug",
    "language",
    "status",
    "is_pinned",
    "solution",
    "post_count",
    "opened_at",
    "active_at",
)
_ABOUT = ("reference", "status")
_POST = ("topic", "author", "number", "is_first", "body", "html", "status", "published_at", "edited_at")


@cache
def _path(name: str) -> str:
    return reverse(name)


def topics(found: TopicQuerySet) -> QuerySet:
    """Return the rows with what `topic` says of each, what was said last first. One query."""
    rows = found.select_related("author", "initiative", "board")
    named = (*(f"author__{name}" for name in NEEDED), *(f"initiative__{name}" for name in _ABOUT))
    return rows.only(*_TOPIC, *named, "board__slug").order_by("-active_at", "-pk")


def topic(row: Topic) -> dict[str, Any]:
    """Return what everybody may know of a topic. No query."""
    return {
        "id": row.pk,
        "title": row.title,
        "language": row.language,
        "board": row.board.slug,
        "initiative": row.about.reference if row.about else None,
        "author": person(row.author),
        "posts": row.post_count,
        "pinned": row.is_pinned,
        "locked": row.is_locked,
        "solution": row.solution_id,
        "opened_at": row.opened_at.isoformat(),
        "last_post_at": row.active_at.isoformat(),
        "url": settings.SITE_URL + row.get_absolute_url(),
        "api_url": f"{settings.SITE_URL}{_path('api:topics')}{row.pk}/",
    }


def posts(found: PostQuerySet) -> QuerySet:
    """Return the rows with what `post` says of each, by their numbers. One query."""
    rows = found.select_related("author", "reply_to")
    named = (*(f"author__{name}" for name in NEEDED), "reply_to__status", "reply_to__topic")
    return rows.only(*_POST, *named).order_by("number")


def post(row: Post, topic: Topic) -> dict[str, Any]:
    """Return what everybody may read of a post. No query."""
    answered = row.reply_to if row.reply_to_id and row.reply_to.is_public else None
    return {
        "id": row.pk,
        "number": row.number,
        "author": person(row.author),
        "reply_to": answered.pk if answered and answered.topic_id == topic.pk else None,
        "solution": topic.solution_id == row.pk,
        "published_at": row.published_at.isoformat(),
        "edited_at": row.edited_at.isoformat() if row.edited_at else None,
        "markdown": row.body,
        "html": row.html,
        "url": settings.SITE_URL + row.get_absolute_url(),
    }
