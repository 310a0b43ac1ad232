"""A difference as people can read it: neither scattered nor with spaces hanging on it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

STRAY_MAX = 8  # letters and digits
PIECES_MAX = 600  # a text in more pieces is another text, and nobody would read it so


class Piece(NamedTuple):
    """A stretch of both texts, either the same in both or replaced; one of two that differ may be empty."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        return self.old == self.new

    @property
    def size(self) -> int:
        return max(len(self.old), len(self.new))


def readable(script: Iterable[Piece]) -> list[Piece]:
    """Return the script with its neighbours of a kind joined, its strays taken up, its changes trimmed."""
    kept = [part for piece in _without_strays(merged(script)) for part in _trimmed(piece)]
    return merged(kept if len(kept) <= PIECES_MAX else _in_one(kept))


def merged(found: Iterable[Piece]) -> list[Piece]:
    """Join neighbours of the same kind."""
    joined: list[Piece] = []
    for piece in found:
        if joined and joined[-1].same == piece.same:
            piece = Piece(joined[-1].old + piece.old, joined.pop().new + piece.new)
        joined.append(piece)
    return joined


def _without_strays(script: list[Piece]) -> list[Piece]:
    """Take up into the changes what stays between two of them and only scatters them: spaces, a stray word."""
    kept: list[Piece] = []
    for number, piece in enumerate(script):
        between = piece.same and 0 < number < len(script) - 1
        stray = between and _is_stray(piece.old, beside=min(kept[-1].size, script[number + 1].size))
        if stray or (kept and not piece.same and not kept[-1].same):
            kept[-1] = Piece(kept[-1].old + piece.old, kept[-1].new + piece.new)
        else:
            kept.append(piece)
    return kept


def _trimmed(piece: Piece) -> Iterator[Piece]:
    """Yield `piece` without the spaces that both its texts begin or end with, and these beside it."""
    old, new = piece
    shorter = 0 if piece.same else min(len(old), len(new))
    start, end = 0, 0
    while start < shorter and old[start] == new[start] == " ":
        start += 1
    while end < shorter - start and old[-1 - end] == new[-1 - end] == " ":
        end += 1
    if start:
        yield Piece(old[:start], old[:start])
    yield Piece(old[start : len(old) - end], new[start : len(new) - end])
    if end:
        yield Piece(old[-end:], old[-end:])


def _in_one(script: list[Piece]) -> list[Piece]:
    """Return the script with everything from the first to the last change as one."""
    changed = [number for number, piece in enumerate(script) if not piece.same]
    first, last = changed[0], changed[-1] + 1
    middle = Piece(*("".join(texts) for texts in zip(*script[first:last], strict=True)))
    return [*script[:first], middle, *script[last:]]


def _is_stray(text: str, *, beside: int) -> bool:
    """Whether unchanged `text` between changes of `beside` characters or more says nothing by itself."""
    if "\n" in text:
        return False
    said = sum(char.isalnum() for char in text)
    return said == 0 or (said <= STRAY_MAX and 3 * said <= beside)
