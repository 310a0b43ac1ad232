"""What is about to happen to a whole topic: said before it does, for it cannot be taken back."""

from dataclasses import dataclass

from forum.models import Board, Topic


@dataclass(frozen=True)
class Plan:
    """That the posts of `topic` will be on `board`; merged, behind those of the topic `into`."""

    topic: Topic
    board: Board
    into: Topic | None = None

    @property
    def name(self) -> str:
        """The name of the move."""
        return "merge" if self.into else "move"

    @property
    def agreed(self) -> str:
        """Return what names all that was shown: if that has changed meanwhile, it is shown again."""
        target = self.into.pk if self.into else 0
        return "-".join(str(part) for part in (self.name, target, *_place(self.topic.board), *_place(self.board)))

    @property
    def opens(self) -> bool:
        """Whether everybody will read what few could."""
        return self.topic.board.is_private and not self.board.is_private

    @property
    def closes(self) -> bool:
        """Whether somebody who can read it now will not be able to any more."""
        return self.board.is_private and self.board != self.topic.board


def _place(board: Board) -> tuple[int, int]:
    return board.pk, int(board.is_private)
