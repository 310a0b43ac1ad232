"""The one door for a status, and what happens when the time of a held decision comes."""

import datetime
import logging
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.text import clean_block
from moderation.models import Decision, Moderated
from moderation.workflow import Move, Preview, is_open

logger = logging.getLogger(__name__)

# sender: the model; `subject`, `decision`; sent inside the transaction in which the decision takes effect
transitioned = Signal()

# Where a decision could not take effect: for a reason that a person has to mend, and for any other.
TRY_AGAIN_AFTER_REFUSAL, TRY_AGAIN_AFTER = datetime.timedelta(hours=1), datetime.timedelta(minutes=5)


class MoveRefused(Exception):
    """The subject's status does not allow the move. `latest` is the decision that made it so, if there is one."""

    def __init__(self, message: str, latest: Decision | None) -> None:
        super().__init__(message)
        self.latest = latest


class TextChanged(MoveRefused):
    """The text is another one than the one that was read."""

    def __init__(self, latest: Decision | None) -> None:
        message = _("The text has changed since you opened this page. Read it as it is now, then decide.")
        super().__init__(str(message), latest)


@dataclass(frozen=True)
class Outcome:
    """What came of asking for a move: `changed` is False where it was done already, by `decision`."""

    changed: bool
    decision: Decision | None


@transaction.atomic
def transition(
    subject: Moderated,
    move_name: str,
    *,
    by: User,
    public_reason: str = "",
    private_note: str = "",
    reason_code: str = "",
    takes_effect_at: datetime.datetime | None = None,
    seen: str = "",
) -> Outcome:
    """Make the move: lock the row, check status and right, write the decision, apply the effect, tell people.

    A held move takes effect at `takes_effect_at` (at once where that is past), else after settings.DECISION_HOLD; what
    system accounts decide, at once. A move that hastens lets the held decision take effect now. `seen` is the edition
    of the text (`Workflow.edition`) that `by` has read, where they have. Raises MoveRefused (wrong status; TextChanged
    where the text is not the one that was seen), PermissionDenied (no right), ValidationError (no reason, not ready, a
    time that cannot be chosen).
    Mails leave after commit. `subject` is refreshed to what the database holds then.
    """
    move = subject.workflow.moves[move_name]
    # Not its key: rows that lead to it may be written meanwhile, by who holds what this one waits for.
    locked = type(subject)._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=subject.pk)
    if not is_open(move, locked):
        return _done_already_or_refused(subject, locked, move)
    if not move.right(by, locked):
        raise PermissionDenied(_("You may not do this."))
    if seen and locked.workflow.judges(move) and seen != locked.workflow.edition(locked):
        raise TextChanged(locked.decisions.first())
    public_reason, private_note = clean_block(public_reason), clean_block(private_note)
    if move.reason_required and not public_reason:
        raise ValidationError({"public_reason": ValidationError(_("Give a reason."), code="required")})
    if move.check:
        move.check(locked)
    effect_at = _time_of_effect(move, by, takes_effect_at)
    held = locked.decisions.first() if move.hastens else None
    decision = _written(locked, move, by, public_reason, private_note, reason_code, effect_at)
    decision.save(force_insert=True)
    if held:
        _take_effect(locked, held)
    else:
        _apply(locked, move, decision)
    subject.refresh_from_db()
    return Outcome(True, decision)


def preview(
    subject: Moderated, move_name: str, *, by: User, public_reason: str = "", reason_code: str = ""
) -> list[Preview]:
    """Return the letters that the move would cause as things are now. Changes nothing, and checks nothing."""
    move = subject.workflow.moves[move_name]
    decision = _written(subject, move, by, clean_block(public_reason), "", reason_code, None)
    return subject.workflow.preview(subject, decision)


def take_effect(subject: Moderated) -> bool:
    """Let the held decision on `subject` take effect now; return whether there was one. Nobody is said to have done it.

    What people do so is the move that hastens. Raises ValidationError where the subject is not ready any more.
    `subject` is refreshed.
    """
    with transaction.atomic():
        locked = type(subject)._base_manager.select_for_update(of=("self",)).get(pk=subject.pk)
        done = locked.is_held
        if done:
            _take_effect(locked, locked.decisions.first())
    subject.refresh_from_db()
    return done


def take_due_effects(model: type[Moderated], *, limit: int = 500) -> tuple[int, int]:
    """Let every held decision on things of `model` whose time has come take effect, each in its own transaction.

    One that fails is kept, says why in `hold_problem`, and is tried again later. Returns how many took effect and how
    many failed. Several processes may do this at once.
    """
    due = model._base_manager.filter(held_until__lte=timezone.now()).order_by("held_until", "pk")
    done = failed = 0
    for pk in list(due.values_list("pk", flat=True)[:limit]):
        try:
            done += _take_effect_if_due(model, pk)
        except ValidationError as error:
            logger.warning("a decision on %s %s cannot take effect: %s", model._meta.label, pk, error.messages)
            _put_off(model, pk, "\n".join(error.messages), TRY_AGAIN_AFTER_REFUSAL)
            failed += 1
        except Exception as error:  # whatever it is, the others must not wait for it
            logger.exception("a decision on %s %s could not take effect", model._meta.label, pk)
            _put_off(model, pk, f"{type(error).__name__}: {error}", TRY_AGAIN_AFTER)
            failed += 1
    return done, failed


@transaction.atomic
def _take_effect_if_due(model: type[Moderated], pk: int) -> int:
    rows = model._base_manager.select_for_update(of=("self",), skip_locked=True)
    locked = rows.filter(pk=pk, held_until__lte=timezone.now()).first()
    if locked is None:  # undone, published, or in other hands
        return 0
    _take_effect(locked, locked.decisions.first())
    return 1


def _take_effect(locked: Moderated, decision: Decision) -> None:
    """Carry out the held `decision`, which is the latest one: while it is held, other moves are not open."""
    move = locked.workflow.moves[decision.move]
    if move.check:
        move.check(locked)
    locked.held_until, locked.hold_problem = None, ""
    locked.save(update_fields=["held_until", "hold_problem"])
    _carry_out(locked, move, decision)


def _put_off(model: type[Moderated], pk: int, problem: str, wait: datetime.timedelta) -> None:
    held = model._base_manager.filter(pk=pk, held_until__isnull=False)
    held.update(held_until=timezone.now() + wait, hold_problem=problem[:2_000])


def _apply(locked: Moderated, move: Move, decision: Decision) -> None:
    locked.status = decision.to_status
    locked.held_until, locked.hold_problem = decision.takes_effect_at, ""
    locked.save(update_fields=["status", "held_until", "hold_problem"])
    if decision.takes_effect_at is None:
        _carry_out(locked, move, decision)


def _carry_out(locked: Moderated, move: Move, decision: Decision) -> None:
    if move.effect:
        move.effect(locked, decision)
    transitioned.send(type(locked), subject=locked, decision=decision)
    locked.workflow.notify(locked, decision)


def _time_of_effect(move: Move, by: User, wanted: datetime.datetime | None) -> datetime.datetime | None:
    """Return when the move takes effect; None for at once."""
    if not move.held or by.is_system:
        return None
    now = timezone.now()
    if wanted is None:
        return now + settings.DECISION_HOLD if settings.DECISION_HOLD else None
    if wanted <= now:
        return None
    if not move.schedulable:
        raise ValidationError({"takes_effect_at": ValidationError(_("This cannot be scheduled."), code="invalid")})
    if wanted > now + settings.DECISION_LATEST:
        days = {"days": settings.DECISION_LATEST.days}
        message = _("Choose a time within the next %(days)d days.") % days
        raise ValidationError({"takes_effect_at": ValidationError(message, code="invalid")})
    return wanted


def _done_already_or_refused(subject: Moderated, locked: Moderated, move: Move) -> Outcome:
    subject.refresh_from_db()
    latest = subject.decisions.first()
    status_from = latest_of_status(subject) if latest else None
    for decision in filter(None, (status_from, latest)):
        if decision.move == move.name and locked.status == decision.to_status:
            return Outcome(False, decision)
    values = {"status": locked.get_status_display()}
    if status_from:
        message = _("Not possible any more: %(who)s moved it to “%(status)s”.")
        raise MoveRefused(str(message % {"who": status_from.decided_by_name, **values}), status_from)
    raise MoveRefused(str(_("Not possible while it is “%(status)s”.") % values), None)


def latest_of_status(subject: Moderated) -> Decision | None:
    """Return the decision that gave `subject` the status it has."""
    return subject.decisions.exclude(from_status=F("to_status")).first()


def _to_status(subject: Moderated, move: Move) -> str:
    before = latest_of_status(subject) if move.returns_to else None
    if before and before.from_status in move.returns_to:
        return before.from_status
    return move.target or subject.status


def _written(
    subject: Moderated,
    move: Move,
    by: User,
    public_reason: str,
    private_note: str,
    reason_code: str,
    effect_at: datetime.datetime | None,
) -> Decision:
    """Return the decision, not saved yet."""
    return Decision(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        subject_name=subject.recorded_name[:200],
        move=move.name,
        from_status=subject.status,
        to_status=_to_status(subject, move),
        decided_by=by,
        decided_by_name=by.name[:100],
        by_machine=by.is_system,
        takes_effect_at=effect_at,
        edition=subject.workflow.edition(subject)[:40],
        public_reason=public_reason,
        private_note=private_note,
        reason_code=reason_code,
    )
