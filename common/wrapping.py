"""Lines of plain text for letters, in any script: by the columns that they take, and no address is ever broken."""

import re
import unicodedata
from collections.abc import Iterator

WIDTH = 76  # columns; a Chinese character takes two

_WIDE = "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u33ff\u3400-\u9fff\uf900-\ufaff\uff10-\uff5a"
_WIDE += "\U00020000-\U0003fffd"
_OPENING, _CLOSING = "（「『【《〈［“‘", "。，、！？；：）」』】》〉］”’…"
# An address; a Chinese character with the marks that stay at its side; what stands between spaces elsewhere.
_PIECE = re.compile(
    rf"<?https?://[^\s{_OPENING}{_CLOSING}]+[{_CLOSING}]*"
    rf"|[{_OPENING}]*[{_WIDE}][{_CLOSING}]*"
    rf"|(?:(?!<?https?://)[^\s{_WIDE}])+"
)


def wrap(text: str, *, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """Return the text as lines of at most `width` columns, which begin with `first`, and `rest` from the second on.

    What cannot be broken (an address, a long word) has a line of its own, however long. White space is one space.
    """
    lines, line, taken = [], first, columns(first)
    is_empty = True
    for space, piece in _pieces(text):
        needed = columns(piece) + (0 if is_empty else len(space))
        if not is_empty and taken + needed > width:
            lines.append(line)
            line, taken, is_empty = rest, columns(rest), True
            needed = columns(piece)
        line += piece if is_empty else space + piece
        taken, is_empty = taken + needed, False
    return [*lines, line.rstrip()]


def columns(text: str) -> int:
    """Return how many columns the text takes: none for marks upon letters, two for wide characters."""
    return sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What is never broken, each with what stands before it: a space or nothing."""
    end = 0
    for match in _PIECE.finditer(text):
        yield (" " if match.start() > end else ""), match[0]
        end = match.end()
