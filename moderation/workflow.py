"""A workflow is a table of moves: data that `transition` obeys and that tests and pages can read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

Right = Callable[[Any, Model], bool]  # (user, subject) -> may this person make the move?
Effect = Callable[[Model, Any], None]  # (subject, decision), in the transaction of the move
Check = Callable[[Model], None]  # raises ValidationError where the subject is not ready

# Moves of a held decision: by who made it, by a colleague, by anybody. Workflows with held moves have these three.
UNDO, STOP, TAKE_EFFECT_NOW = "undo", "stop", "take_effect_now"


@dataclass(frozen=True)
class Move:
    """A move `name` from any of `sources` to `target`; None where the status stays as it is.

    A move that is `held` decides on what waits: its effect and its mails come `settings.DECISION_HOLD` later. Until
    then a move that `undoes` takes it back, and one that `hastens` lets it take effect now. `schedulable`: whoever
    decides may choose the time of the effect. `now_label` is what the button says that hastens it. What had one of the
    statuses `returns_to` before the present one goes back to that, not to `target`. Frequent reasons are
    kept for the name `reasons` where another workflow has a move of the same name for which others are given.
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
    hastens: bool = False
    schedulable: bool = False
    now_label: Any = _("Let it take effect now")
    returns_to: frozenset[str] = frozenset()
    reasons: str = ""

    @property
    def reasons_name(self) -> str:
        """The name by which `moderation.models.Reason.moves` means this move."""
        return self.reasons or self.name

    @property
    def of_held(self) -> bool:
        """Whether it is made with a held decision, and with nothing else."""
        return self.undoes or self.hastens


@dataclass(frozen=True)
class Preview:
    """A letter as it would be written now: to a person with name, email and language."""

    to: Any
    subject: str
    body: str

    @property
    def language(self) -> str:
        """The name of its language."""
        try:
            return str(get_language_info(self.to.language)["name_translated"])
        except KeyError:
            return self.to.language


@dataclass(frozen=True)
class Workflow:
    """The moves of one kind of thing, which statuses wait, and what the people concerned are told.

    `notify` writes the letters about a decision, `preview` returns the same ones unwritten; `tells` names the moves
    that have any. `language` is that of the people concerned. `edition` names the text as it stands, so that nobody
    decides on another one than they have read; empty where there is no text.
    """

    moves: Mapping[str, Move]
    notify: Effect = field(default=lambda subject, decision: None)
    preview: Callable[[Any, Any], list[Preview]] = field(default=lambda subject, decision: [])
    tells: frozenset[str] = frozenset()
    language: Callable[[Any], str] = field(default=lambda subject: settings.LANGUAGE_CODE)
    waiting: frozenset[str] = frozenset()
    edition: Callable[[Any], str] = field(default=lambda subject: "")

    @classmethod
    def of(cls, *moves: Move, **more) -> "Workflow":
        """Return the workflow of these moves; `more` are its other fields."""
        return cls({move.name: move for move in moves}, **more)

    def open_to(self, user: Any, subject: Model) -> list[Move]:
        """Return the moves that `user` may make with `subject` as it stands."""
        return [move for move in self.moves.values() if is_open(move, subject) and move.right(user, subject)]

    def judges(self, move: Move) -> bool:
        """Whether who makes the move must have read the text: claiming, releasing and taking back need no reading."""
        return move.target not in self.waiting


def is_open(move: Move, subject: Model) -> bool:
    """Whether the subject's status allows the move. While a decision is held, only moves of held ones are open."""
    return subject.status in move.sources and subject.is_held == move.of_held


_workflows: dict[type[Model], Workflow] = {}


def register(model: type[Model], workflow: Workflow) -> None:
    """Make `workflow` the table that things of `model` obey. Called when the room that owns them is ready."""
    _workflows[model] = workflow


def workflow_of(model: type[Model]) -> Workflow:
    return _workflows[model]


def registered() -> Mapping[type[Model], Workflow]:
    """Return every workflow by the model that obeys it."""
    return dict(_workflows)
