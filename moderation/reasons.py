"""Reasons that moderators give often: which are offered for a move, and their words before what somebody adds."""

from collections.abc import Iterable

from django.db.models import QuerySet

from common.text import clean_block
from moderation.models import Reason
from moderation.workflow import Move, registered


def offered(moves: Iterable[Move]) -> QuerySet[Reason]:
    """Return the reasons that are offered for one of the moves at least."""
    return Reason.objects.filter(is_offered=True, moves__overlap=[move.reasons_name for move in moves])


def words(reason: Reason | None, language: str, own: str) -> str:
    """Return the canned text in `language`, then the moderator's own words."""
    return "\n\n".join(filter(None, [reason.text_in(language) if reason else "", clean_block(own)]))


def moves_with_reasons() -> dict[str, str]:
    """Return the labels of the moves, of any workflow, that people are told a reason of."""
    moves = [(model, move) for model, workflow in registered().items() for move in workflow.moves.values()]
    return {
        move.reasons_name: f"{move.label} ({model._meta.verbose_name})" if move.reasons else str(move.label)
        for model, move in moves
        if move.held or (move.reason_required and not move.of_held)
    }
