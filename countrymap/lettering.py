"""Lines of text in a drawing: how much room they take, where they break, in which letters they are set.

A picture that stands alone is drawn without a browser, so nothing flows: each line has its place.
"""

import unicodedata
from collections.abc import Iterator
from html import escape
from itertools import groupby

WIDE, LETTER = 1.0, 0.54  # of the size of the type: a Chinese character, and any other on average
SCRIPTS = {"LATIN", "GREEK", "CYRILLIC", "ARABIC"}  # of the fonts that come along
LAST_SIGN = 0x206F  # of punctuation that these fonts have
LEFT_OUT = "…"


def broken(text: str, size: float, room: float, most: int) -> list[str]:
    """Return the lines of `text` at a size in a room (the same units); beyond `most` the last one says it goes on."""
    lines = [""]
    for word in _words(text, int(room / size)):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and extent(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} {LEFT_OUT}"]
    return [line for line in lines if line]


def _words(text: str, most: int) -> Iterator[str]:
    """Yield the words, those in pieces that would not fit in a line."""
    for word in text.split():
        yield from (word[start : start + most] for start in range(0, len(word), most))


def extent(text: str, size: float) -> float:
    """About how wide a line is."""
    return size * sum(WIDE if unicodedata.east_asian_width(char) in "WF" else LETTER for char in text)


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
