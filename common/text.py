"""Cleaning of text from outside: the same at every door (form, import, launch content)."""

import re
import unicodedata
from functools import lru_cache

from django.utils.text import slugify
from wcwidth import grapheme_boundary_before

SLUG_MAX = 80  # characters
NAME_MAX = 300  # characters; longer is no name

# C0 and C1 controls but tab and newline, lone surrogates, and the non-characters that PostgreSQL or XML cannot carry.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Overrides and isolates can make a reader see another order than the one stored; marks (U+200E, U+200F) are honest.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Nothing is seen of a text that has only these: spaces, controls, marks that no letter carries, and what fills a place.
_UNSEEN = frozenset(["Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Mn", "Me"])
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
# Marks above and below a letter: Tibetan and pointed Hebrew need up to five, what paints over its neighbours has more.
# Two classes, the second one guarded: where a class goes beyond U+FFFF, `re` compares each character with all of it.
_MARKS, _FAR_MARKS = (
    "".join(char for char in map(chr, some) if unicodedata.category(char) in ("Mn", "Me"))
    for some in (range(0x300, 0x10000), range(0x10000, 0x1F000))
)
_MARK = f"(?:[{_MARKS}]|(?=[\U00010000-\U0001f000])[{_FAR_MARKS}])"
_PILED = re.compile(f"({_MARK}{{6}}){_MARK}+")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？؟](?=\s?)")


def clean(value: str) -> str:
    """Return `value` in NFC with unix line ends, without control characters and bidirectional overrides.

    A text of which nothing can be seen is empty.
    """
    value = without_tricks(unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")))
    return value if any(map(is_seen, value)) else ""


def without_tricks(value: str) -> str:
    """Return `value` without control characters, bidirectional overrides, and more than six marks upon a letter."""
    return _PILED.sub(r"\1", _BIDI_CONTROLS.sub("", _CONTROLS.sub("", value)))


def is_seen(char: str) -> bool:
    """Whether a reader sees anything where this character stands alone."""
    return unicodedata.category(char) not in _UNSEEN and char not in _FILLERS


def clean_line(value: str) -> str:
    """Return `value` cleaned, on one line, with single spaces."""
    return " ".join(clean(value).split())


def clean_block(value: str) -> str:
    """Return `value` cleaned, lines kept, with at most one empty line between paragraphs."""
    lines = [_SPACES.sub(" ", line).rstrip() for line in clean(value).split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def clean_markdown(value: str) -> str:
    """Return `value` cleaned with its indentation kept, because Markdown means something by it."""
    lines = [line.rstrip() for line in clean(value).split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def cut_at_sentence(value: str, limit: int) -> str:
    """Return the start of `value` in at most `limit` characters, cut after a sentence, else after a word with "…".

    What is one sign to a reader stays whole: a letter with its marks, a flag, a family.
    """
    if len(value) <= limit:
        return value
    ends = [match.end() for match in _SENTENCE_END.finditer(value, 0, limit) if match.end() >= limit // 3]
    end = next((end for end in reversed(ends) if sign_at(value, end) == end), 0)
    if end:
        return value[:end].rstrip()
    head = beginning(value, max(0, limit - 1))
    words = head.rsplit(None, 1)
    return (words[0] if len(words) > 1 else head).rstrip() + "…"


def beginning(value: str, limit: int) -> str:
    """Return the start of `value` in at most `limit` characters, with none of its signs cut."""
    if len(value) <= limit:
        return value
    return value[: sign_at(value, limit) or limit]  # one sign that is longer than all that is wanted is cut


def sign_at(value: str, place: int) -> int:
    """Return where the sign begins to which the character at `place` belongs: a letter with its marks, an emoji."""
    return grapheme_boundary_before(value, place + 1)


def slug_of(value: str, limit: int = SLUG_MAX) -> str:
    """Return the words of a name for an address: whole ones, as many as fit; empty where there are none."""
    slug = slugify(value, allow_unicode=True).strip("-_")
    if len(slug) > limit:
        slug = slug[: limit + 1].rpartition("-")[0] or slug[:limit]
    return slug.strip("-_")


def visible(value: str) -> str:
    """Return `value` without characters that take no place: joiners, marks of direction, soft hyphens."""
    return _INVISIBLE.sub("", value)


def fold(value: str) -> str:
    """Return `value` for comparing names: case folded, without accents, punctuation and what is invisible."""
    return _folded_name(value) if len(value) <= NAME_MAX else _folded(value)


def _folded(value: str) -> str:
    decomposed = unicodedata.normalize("NFKD", clean_line(visible(value))).casefold()
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", letters).split())


_folded_name = lru_cache(maxsize=5_000)(_folded)  # the same names come again and again; texts do not
