"""Lines of text in a drawing: how much room they take, where they break, in which letters they are set.

A picture that stands alone is drawn without a browser, so nothing flows: each line has its place.
"""

import unicodedata
from html import escape
from itertools import groupby

WIDE, CAPITAL, LETTER = 1.0, 0.68, 0.54  # of the size of the type: a Chinese character, a capital or sign, others
SCRIPTS = {"LATIN", "GREEK", "CYRILLIC", "ARABIC"}  # of the fonts that come along
LAST_SIGN = 0x206F  # of punctuation that these fonts have
LEFT_OUT = "…"


def broken(text: str, size: float, room: float, most: int) -> list[str]:
    """Return the lines of `text` at a size in a room (the same units); beyond `most` the last one says it goes on."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if extent(longer, size) <= room:
            lines[-1] = longer
        else:
            lines += _pieces(word, size, room)
    lines = [line for line in lines if line]
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} {LEFT_OUT}"]
    return lines


def _pieces(word: str, size: float, room: float) -> list[str]:
    """Return a word in as many pieces as it needs lines: mostly one."""
    pieces = [""]
    for char in word:
        if pieces[-1] and extent(pieces[-1] + char, size) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces


def extent(text: str, size: float) -> float:
    """About how wide a line is."""
    return size * sum(_width(char) for char in text)


def _width(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return WIDE
    return CAPITAL if char.isupper() or char.isdecimal() or char in "%&@" else LETTER


def in_known_letters(text: str) -> str:
    """Return `text` with an ellipsis in place of what the fonts that come along have no letters for."""
    runs = groupby(text, _is_known)
    return "".join("".join(run) if known else LEFT_OUT for known, run in runs)


def _is_known(char: str) -> bool:
    return ord(char) <= LAST_SIGN and unicodedata.category(char)[0] not in "LM" or _script(char) in SCRIPTS


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def set_in_type(text: str) -> str:
    """Return `text` as the content of an SVG text element: runs of Arabic letters name the font that has them."""
    return "".join(
        f'<tspan class="arabic">{escape("".join(run))}</tspan>' if arabic else escape("".join(run))
        for arabic, run in groupby(text, lambda char: _script(char) == "ARABIC")
    )
