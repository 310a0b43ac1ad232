"""Moves as people try them, one or many: what will come of it, and what came of it, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from moderation.forms import problems
from moderation.models import Decision, Moderated
from moderation.services import MoveRefused, transition
from moderation.workflow import Move, is_open

Hint = Callable[[Any, Moderated], str]  # (user, subject) -> why this person may not decide now, or ""


@dataclass(frozen=True)
class Attempt:
    """What came of one try. `done` is also true where it was done before; `error` holds what could be put right."""

    subject: Moderated
    done: bool
    changed: bool
    words: str
    error: ValidationError | None = None


def attempt(subject: Moderated, move: Move, *, by: User, hint: Hint, **said) -> Attempt:
    """Make the move through the one door and say what came of it; raises nothing that people can cause.

    `said` goes to `transition`: public_reason, private_note, reason_code, takes_effect_at.
    """
    try:
        outcome = transition(subject, move.name, by=by, **said)
    except MoveRefused as refusal:
        return Attempt(subject, False, False, _already(subject, refusal.latest) or str(refusal))
    except PermissionDenied:
        return Attempt(subject, False, False, _not_allowed(subject, by, hint))
    except ValidationError as error:
        return Attempt(subject, False, False, _joined(error, subject), error)
    if not outcome.changed:
        return Attempt(subject, True, False, _already(subject, outcome.decision))
    words = _("Done: it is “%(status)s” now.") % {"status": subject.get_status_display()}
    if subject.is_held:
        values = {"status": subject.get_status_display(), "when": moment(subject.held_until)}
        words = _("Decided: “%(status)s”. It takes effect at %(when)s, and can be undone until then.") % values
    return Attempt(subject, True, True, words)


def obstacle(subject: Moderated, move: Move, *, by: User, hint: Hint) -> str:
    """Return what stands in the way of the move as things are now; empty where nothing does. Changes nothing."""
    if not is_open(move, subject):
        return _already(subject, subject.decisions.first()) or _("Not possible while it is “%(status)s”.") % {
            "status": subject.get_status_display()
        }
    if not move.right(by, subject):
        return _not_allowed(subject, by, hint)
    try:
        if move.check:
            move.check(subject)
    except ValidationError as error:
        return _joined(error, subject)
    return ""


def moment(when) -> str:
    """Return the time of day for today, else day and time."""
    when = timezone.localtime(when)
    today = when.date() == timezone.localdate()
    return date_format(when, "H:i") if today else date_format(when, "j F Y, H:i")


def _already(subject: Moderated, decision: Decision | None) -> str:
    if decision is None:
        return ""
    values = {
        "status": subject.get_status_display(),
        "who": decision.decided_by_name,
        "when": moment(decision.decided_at),
    }
    return _("Already “%(status)s”, by %(who)s at %(when)s.") % values


def _not_allowed(subject: Moderated, by: User, hint: Hint) -> str:
    subject.refresh_from_db()
    return hint(by, subject) or _("You may not do this.")


def _joined(error: ValidationError, subject: Moderated) -> str:
    return " ".join(message for _name, message in problems(error, subject))
