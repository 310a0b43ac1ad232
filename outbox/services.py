"""Writes of letters, and what staff do with them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import CharField, Count, Value
from django.template.loader import render_to_string
from django.utils import timezone, translation

from outbox.models import UNDECIDED, Job, Letter, LetterState
from outbox.rules import may_handle
from outbox.tasks import deliver

STOPPABLE = (LetterState.WAITING, *UNDECIDED)
REPEATABLE = (*UNDECIDED, LetterState.STOPPED)


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
    is_secret: bool = False,
    kind: str = "",
    about: Mapping[str, Any] | None = None,
) -> Letter | None:
    """Render `template` in the language of the person `to` and write the letter, which leaves after commit.

    `to` has `email` and `language`. With an `occasion` (e.g. "decision-17-42") the letter is written once; None where
    it was before. One that `is_secret`, for whoever reads it could act as the person, is shown to no staff. What has
    a `kind` is written anew when it leaves, by what it is `about` (outbox.anew).
    """
    subject, body = render(template, context, to=to)
    more = {"headers": headers, "is_secret": is_secret, "kind": kind, "about": about}
    return write(subject, body, to.email, occasion=occasion, **more)


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
    message_id: str = "",
    kind: str = "",
    about: Mapping[str, Any] | None = None,
) -> Letter | None:
    """Write a plain letter that leaves after commit; None where one for this occasion was written before.

    `message_id` is one that no other letter has, where others refer to it; made up where empty.
    """
    letter = Letter(
        subject=" ".join(subject.split())[:300],
        body=body,
        recipient=recipient,
        occasion=occasion,
        headers=dict(headers or {}),
        is_secret=is_secret,
        kind=kind,
        about=dict(about or {}),
        priority=priority,
        due_at=timezone.now(),
        message_id=message_id or f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>",
    )
    try:
        with transaction.atomic():
            letter.save()
    except IntegrityError:
        if not (occasion and Letter.objects.filter(occasion=occasion).exists()):
            raise
        return None
    deliver.using(priority=priority).enqueue(letter.pk)
    return letter


@transaction.atomic
def stop(letter: Letter, *, by) -> bool:
    """Let a letter that waits, or that staff have looked into, rest; False where it was under way or settled.

    Raises PermissionDenied. `letter` is refreshed.
    """
    return _move(letter, by, STOPPABLE, state=LetterState.STOPPED)


@transaction.atomic
def send_again(letter: Letter, *, by) -> bool:
    """Send an uncertain, given up or stopped letter, with the Message-ID it had, so that it is shown once.

    False where its text is forgotten, or it waits or was sent. Raises PermissionDenied. `letter` is refreshed.
    """
    fresh = {"state": LetterState.WAITING, "tries": 0, "due_at": timezone.now(), "sending_since": None}
    moved = _move(letter, by, REPEATABLE, **fresh)
    if moved:
        deliver.using(priority=letter.priority).enqueue(letter.pk)
        letter.refresh_from_db()
    return moved


def _move(letter: Letter, by, states: tuple[LetterState, ...], **values) -> bool:
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if not may_handle(by, locked):
        raise PermissionDenied
    moved = locked.state in states and (values["state"] == LetterState.STOPPED or locked.body != "")
    if moved:
        Letter.objects.filter(pk=locked.pk).update(**values)
    letter.refresh_from_db()
    return moved


@dataclass(frozen=True)
class Troubles:
    """What staff should look at: numbers of letters and jobs."""

    uncertain: int
    given_up: int
    failing_jobs: int


def troubles() -> Troubles:
    """Count what went wrong and waits for people, in one query."""
    letters = Letter.objects.filter(state__in=UNDECIDED).order_by().values_list("state").annotate(Count("pk"))
    kind = Value("job", output_field=CharField())
    jobs = Job.objects.failing().order_by().annotate(kind=kind).values_list("kind").annotate(Count("pk"))
    counts = dict(letters.union(jobs, all=True))
    return Troubles(*(counts.get(what, 0) for what in (*UNDECIDED, "job")))
