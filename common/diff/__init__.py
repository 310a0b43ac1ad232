"""What differs between two texts, word by word, as people read it.

Words are compared; of Chinese and Japanese, which put no spaces between words, single characters. Punctuation, spaces
and line breaks stand by themselves. The same two texts always give the same answer, in a time that grows with their
length and never with its square, whatever they hold.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from common.diff.matching import matches
from common.diff.readable import Piece, readable
from common.diff.tokens import tokens

__all__ = ["ADDED", "EQUAL", "REMOVED", "Piece", "Segment", "items", "pieces", "sides", "words"]

EQUAL, REMOVED, ADDED = "equal", "removed", "added"


class Segment(NamedTuple):
    """A stretch of one of the texts: on the old side equal or removed, on the new side equal or added."""

    text: str
    kind: str


def words(old: str, new: str) -> tuple[list[Segment], list[Segment]]:
    """Return both texts in segments. Joined again, each side's segments are its text."""
    return sides(pieces(old, new))


def items(old: Sequence[str], new: Sequence[str], joint: str = ", ") -> tuple[list[Segment], list[Segment]]:
    """Return two lists of short texts in segments, item by item; those that are in both are equal, in any order."""
    return _of_items(old, new, joint, REMOVED), _of_items(new, old, joint, ADDED)


def sides(script: Sequence[Piece]) -> tuple[list[Segment], list[Segment]]:
    """Return the old and the new side of `script`."""
    old = _joined((piece.old, EQUAL if piece.same else REMOVED) for piece in script)
    new = _joined((piece.new, EQUAL if piece.same else ADDED) for piece in script)
    return old, new


def pieces(old: str, new: str) -> list[Piece]:
    """Return the way from `old` to `new`: what stays and what is replaced by what, by turns."""
    first, second = tokens(old), tokens(new)
    script: list[Piece] = []
    i = j = 0
    for place, other in [*matches(first, second), (len(first), len(second))]:
        if (i, j) != (place, other):
            script.append(Piece("".join(first[i:place]), "".join(second[j:other])))
        if place < len(first):
            script.append(Piece(first[place], second[other]))
        i, j = place + 1, other + 1
    return readable(script)


def _of_items(mine: Sequence[str], others: Sequence[str], joint: str, kind: str) -> list[Segment]:
    there = set(others)
    parts: list[tuple[str, str]] = []
    for item in mine:
        parts += [(joint, EQUAL)] if parts else []
        parts.append((item, EQUAL if item in there else kind))
    return _joined(parts)


def _joined(parts: Iterable[tuple[str, str]]) -> list[Segment]:
    """Return the parts that hold something as segments, neighbours of a kind as one."""
    found: list[Segment] = []
    for text, kind in parts:
        if text and found and found[-1].kind == kind:
            found[-1] = Segment(found[-1].text + text, kind)
        elif text:
            found.append(Segment(text, kind))
    return found
