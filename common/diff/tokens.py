"""A text in the pieces that are compared."""

import unicodedata
from functools import lru_cache

# Scripts without spaces between words: CJK and kana; Thai, Lao, Myanmar and Khmer.
_UNSPACED = (
    *((0x2E80, 0x2FFF), (0x3041, 0x312F), (0x31A0, 0x31FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF)),
    *((0x20000, 0x3FFFF), (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF)),
)
_JOINERS = "\u200c\u200d\u2060"
_IN_NUMBERS = ".,\u066b\u066c"


def tokens(text: str) -> list[str]:
    """Return the words, numbers, marks of punctuation, runs of spaces and line breaks of `text`."""
    found: list[str] = []
    before = ""
    for place, char in enumerate(text):
        kind = _kind(char)
        if (
            char in _IN_NUMBERS
            and before == "word"
            and text[place - 1].isdecimal()
            and text[place + 1 : place + 2].isdecimal()
        ):
            kind = "joins"
        if found and (kind == "joins" or (kind == before and kind in ("word", "space"))):
            found[-1] += char
        else:
            found.append(char)
        before = before if kind == "joins" and before else kind
    return found


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "M" or char in _JOINERS:
        return "joins"
    if char == "\n":
        return "line"
    if char.isspace():
        return "space"
    if category[0] not in "LN" and char != "_":
        return "mark"
    code = ord(char)
    return "single" if any(first <= code <= last for first, last in _UNSPACED) else "word"
