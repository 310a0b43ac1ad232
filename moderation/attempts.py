"""Moves as people try them, one or many: what will come of it, and what came of it, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from moderation import reasons
from moderation.forms import problems
from moderation.models import Decision, Moderated, Reason
from moderation.services import MoveRefused, TextChanged, latest_of_status, preview, transition
from moderation.workflow import UNDO, Move, Preview, is_open

Hint = Callable[[Any, Moderated], str]  # (user, subject) -> why this person may not decide now, or ""


@dataclass(frozen=True)
class Attempt:
    """What came of one try. `done` is also true where it was done before; `error` holds what could be put right."""

    subject: Moderated
    done: bool
    changed: bool
    words: str
    error: ValidationError | None = None
    decision: Decision | None = None  # the one that was made, where one was


def attempt(
    subject: Moderated, move: Move, *, by: User, hint: Hint, reason: Reason | None = None, public_reason="", **said
) -> Attempt:
    """Make the move through the one door and say what came of it; raises nothing that people can cause.

    The text of `reason` comes before `public_reason`. `said` goes to `transition`: private_note, takes_effect_at, seen.
    """
    words = _spoken(subject, reason, public_reason)
    try:
        outcome = transition(subject, move.name, by=by, **words, **said)
    except TextChanged as changed:
        return Attempt(subject, False, False, str(changed))
    except MoveRefused as refusal:
        return Attempt(subject, False, False, _already(subject, refusal.latest) or str(refusal))
    except PermissionDenied:
        return Attempt(subject, False, False, _not_allowed(subject, by, hint))
    except ValidationError as error:
        return Attempt(subject, False, False, _joined(error, subject), error)
    if not outcome.changed:
        return Attempt(subject, True, False, _already(subject, outcome.decision))
    return Attempt(subject, True, True, _done(subject, move), decision=outcome.decision)


def letters(
    subject: Moderated, move: Move, *, by: User, reason: Reason | None = None, public_reason="", **said
) -> list[Preview]:
    """Return the letters that `attempt` with the same arguments would cause. Changes nothing."""
    return preview(subject, move.name, by=by, **_spoken(subject, reason, public_reason))


def take_back(subject: Moderated, decision: Decision, *, by: User, hint: Hint) -> Attempt:
    """Undo `decision`, made by the same person, while it is held; nothing where it is not the latest one any more."""
    latest = subject.decisions.first()
    if not subject.is_held or latest != decision:
        return Attempt(subject, False, False, _too_late(subject))
    return attempt(subject, subject.workflow.moves[UNDO], by=by, hint=hint)


def obstacle(subject: Moderated, move: Move, *, by: User, hint: Hint) -> str:
    """Return what stands in the way of the move as things are now; empty where nothing does. Changes nothing."""
    if not is_open(move, subject):
        return _already(subject, latest_of_status(subject)) or _("Not possible while it is “%(status)s”.") % {
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


def _spoken(subject: Moderated, reason: Reason | None, own: str) -> dict[str, str]:
    language = subject.workflow.language(subject) if reason else ""
    return {"public_reason": reasons.words(reason, language, own), "reason_code": reason.code if reason else ""}


def _done(subject: Moderated, move: Move) -> str:
    values = {"status": subject.get_status_display()}
    if subject.is_held:
        values["when"] = moment(subject.held_until)
        return _("Decided: “%(status)s”. It takes effect at %(when)s, and can be undone until then.") % values
    if move.hastens:
        return _("“%(status)s” has taken effect.") % values
    if move.target is None:
        return _("Done: %(move)s.") % {"move": move.label}
    return _("Done: it is “%(status)s” now.") % values


def _already(subject: Moderated, decision: Decision | None) -> str:
    if decision is None:
        return ""
    values = {
        "status": subject.get_status_display(),
        "who": decision.decided_by_name,
        "when": moment(decision.decided_at),
    }
    words = _("Already “%(status)s”, by %(who)s at %(when)s.") % values
    if subject.is_held:
        words += " " + _("It takes effect at %(when)s.") % {"when": moment(subject.held_until)}
    return words


def _too_late(subject: Moderated) -> str:
    return _("It cannot be undone any more.") + " " + _already(subject, latest_of_status(subject))


def _not_allowed(subject: Moderated, by: User, hint: Hint) -> str:
    subject.refresh_from_db()
    return hint(by, subject) or _("You may not do this.")


def _joined(error: ValidationError, subject: Moderated) -> str:
    return " ".join(message for _name, message in problems(error, subject))
