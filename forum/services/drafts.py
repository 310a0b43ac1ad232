"""What is kept of a text while somebody writes it."""

import datetime
import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from forum.models import Board, Draft, Post, Topic
from forum.models.post import BODY_MAX
from forum.models.topic import TITLE_MAX
from initiatives.models import Initiative
from initiatives.vocabulary import ContentLanguage

KEPT_FOR = datetime.timedelta(days=180)  # since it was saved last

Place = Topic | Board | Initiative  # to which one replies, or on which, or about which, one begins a topic


def of(user: User, place: Place) -> Draft | None:
    """Return what the person was writing there. One query."""
    return _rows(user, place).first()


@transaction.atomic
def keep(user: User, place: Place, *, key: uuid.UUID, body: str, title: str = "", language: str = "") -> Draft | None:
    """Keep what the person is writing there, instead of what was kept before; None where it is posted already.

    Too long a text is cut as the form would refuse it. Nothing typed keeps nothing.
    """
    if Post.objects.filter(key=key).exists():
        return None
    if not body and not title:
        discard(user, place)
        return Draft(user=user, key=key, saved_at=timezone.now())
    known = language if language in ContentLanguage.values else ""
    said = {"key": key, "body": body[:BODY_MAX], "title": title[:TITLE_MAX], "language": known}
    draft, made = Draft.objects.get_or_create(user=user, **_at(place), defaults=said)
    changes = {} if made else {**said, "saved_at": timezone.now()}
    Draft.objects.filter(pk=draft.pk).update(**changes, revision=F("revision") + 1)
    draft.refresh_from_db()
    return draft


def discard(user: User, place: Place) -> None:
    """Forget what the person was writing there."""
    _rows(user, place).delete()


def delete_old() -> int:
    """Delete drafts that nobody came back to for half a year; return how many."""
    return Draft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _rows(user: User, place: Place):
    return Draft.objects.filter(user=user, **_at(place))


def _at(place: Place) -> dict[str, Place]:
    names = {Topic: "topic", Board: "board", Initiative: "initiative"}
    return {names[type(place)]: place}
