"""A workflow is a table of moves: data that `transition` obeys and that tests and pages can read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

Right = Callable[[Any, Model], bool]  # (user, subject) -> may this person make the move?
Effect = Callable[[Model, Any], None]  # (subject, decision), in the transaction of the move
Check = Callable[[Model], None]  # raises ValidationError where the subject is not ready


@dataclass(frozen=True)
class Move:
    """A move `name` from any of `sources` to `target`; None where the status stays as it is.

    A move that is `held` decides on what waits: its effect and its mails come `settings.DECISION_HOLD` later, and until
    then a move that `undoes` takes it back. `schedulable`: whoever decides may choose the time of the effect.
    """

    name: str
    label: Any  # what the button says
    sources: frozenset[str]
    target: str | None
    right: Right
    reason_required: bool = False
    check: Check | None = None
    effect: Effect | None = None
    held: bool = False
    undoes: bool = False
    schedulable: bool = False


@dataclass(frozen=True)
class Workflow:
    """The moves of one kind of thing, what is told to the people concerned after a move, and which statuses wait."""

    moves: Mapping[str, Move]
    notify: Effect = field(default=lambda subject, decision: None)
    waiting: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *moves: Move, notify: Effect | None = None, waiting: frozenset[str] = frozenset()) -> "Workflow":
        table = {move.name: move for move in moves}
        return cls(table, notify, waiting) if notify else cls(table, waiting=waiting)

    def open_to(self, user: Any, subject: Model) -> list[Move]:
        """Return the moves that `user` may make with `subject` as it stands."""
        return [move for move in self.moves.values() if is_open(move, subject) and move.right(user, subject)]


def is_open(move: Move, subject: Model) -> bool:
    """Whether the subject's status allows the move. While a decision is held, nothing but taking it back is open."""
    return subject.status in move.sources and subject.is_held == move.undoes


_workflows: dict[type[Model], Workflow] = {}


def register(model: type[Model], workflow: Workflow) -> None:
    """Make `workflow` the table that things of `model` obey. Called when the room that owns them is ready."""
    _workflows[model] = workflow


def workflow_of(model: type[Model]) -> Workflow:
    return _workflows[model]


def registered() -> Mapping[type[Model], Workflow]:
    """Return every workflow by the model that obeys it."""
    return dict(_workflows)
