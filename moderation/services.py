"""The one door for a status."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.text import clean_block
from moderation.models import Decision, Moderated
from moderation.workflow import Move

transitioned = Signal()  # sender: the model; `subject`, `decision`; sent inside the transaction


class MoveRefused(Exception):
    """The subject's status does not allow the move. `latest` is the decision that made it so, if there is one."""

    def __init__(self, message: str, latest: Decision | None) -> None:
        super().__init__(message)
        self.latest = latest


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
) -> Outcome:
    """Make the move: lock the row, check status and right, write the decision, apply the effect, tell people.

    Raises MoveRefused (wrong status), PermissionDenied (no right), ValidationError (no reason, not ready).
    Mails leave after commit. `subject` is refreshed to what the database holds then.
    """
    move = subject.workflow.moves[move_name]
    locked = type(subject)._base_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    if locked.status not in move.sources:
        return _done_already_or_refused(subject, locked, move)
    if not move.right(by, locked):
        raise PermissionDenied(_("You may not do this."))
    public_reason, private_note = clean_block(public_reason), clean_block(private_note)
    if move.reason_required and not public_reason:
        raise ValidationError({"public_reason": ValidationError(_("Give a reason."), code="required")})
    if move.check:
        move.check(locked)
    decision = _record(locked, move, by, public_reason, private_note, reason_code)
    locked.status = move.target
    locked.save(update_fields=["status"])
    if move.effect:
        move.effect(locked, decision)
    transitioned.send(type(subject), subject=locked, decision=decision)
    locked.workflow.notify(locked, decision)
    subject.refresh_from_db()
    return Outcome(True, decision)


def _done_already_or_refused(subject: Moderated, locked: Moderated, move: Move) -> Outcome:
    latest = locked.decisions.first()
    subject.refresh_from_db()
    if locked.status == move.target and latest and latest.move == move.name:
        return Outcome(False, latest)
    if latest:
        message = _("Not possible any more: %(who)s moved it to “%(status)s”.") % {
            "who": latest.decided_by_name,
            "status": locked.get_status_display(),
        }
    else:
        message = _("Not possible while it is “%(status)s”.") % {"status": locked.get_status_display()}
    raise MoveRefused(str(message), latest)


def _record(
    subject: Moderated, move: Move, by: User, public_reason: str, private_note: str, reason_code: str
) -> Decision:
    return Decision.objects.create(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        subject_name=subject.moderation_name[:200],
        move=move.name,
        from_status=subject.status,
        to_status=move.target,
        decided_by=by,
        decided_by_name=by.name[:100],
        by_machine=by.is_system,
        public_reason=public_reason,
        private_note=private_note,
        reason_code=reason_code,
    )
