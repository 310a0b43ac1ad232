"""Free words for measures: types of the record's themes where they match, tags where they do not."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from django.utils import translation

from common.text import clean_line, fold
from initiatives.models.content import TAGS_MAX
from initiatives.vocabulary import MEASURE_LABELS, MEASURE_TYPES, THEME_OF_MEASURE

TAG_MAX = 50  # characters


def sort_words(
    words: Iterable[str], themes: Sequence[str], mapping: Mapping[str, Sequence[str]] | None = None
) -> tuple[list[str], list[str]]:
    """Return codes of measure types of `themes`, and the words that match none of them.

    A word matches by its code, by the English name of a type, or by `mapping` (codes by word). A code of another
    theme is kept as a code, so that validation refuses it: whoever wrote a code meant it.
    """
    names = _names(themes)
    types, rest = [], []
    for word in words:
        codes = [code for code in (mapping or {}).get(word, ()) if THEME_OF_MEASURE[code] in themes]
        codes = codes or ([word] if word in MEASURE_LABELS else names.get(fold(word), []))
        types += codes
        if not codes:
            rest.append(word)
    return list(dict.fromkeys(types)), rest


def _names(themes: Sequence[str]) -> dict[str, list[str]]:
    return {name: [code] for theme in themes if theme in MEASURE_TYPES for name, code in _names_of(theme).items()}


@cache
def _names_of(theme: str) -> Mapping[str, str]:
    with translation.override("en"):
        return {fold(str(label)): code for code, label in MEASURE_TYPES[theme].items()}


def add_tags(given: Sequence[str], words: Iterable[str]) -> list[str]:
    """Return the given tags and, as long as there is room, the words, each once in any case, cut to fit."""
    tags = {fold(tag): tag for tag in given}
    for word in words:
        if len(tags) < TAGS_MAX:
            tags.setdefault(fold(word), _cut(word))
    return list(tags.values())


def _cut(word: str) -> str:
    """Cut at a space: a tag ends with a whole word."""
    word = clean_line(word)
    return word if len(word) <= TAG_MAX else (word[: TAG_MAX + 1].rpartition(" ")[0] or word[:TAG_MAX]).rstrip(" ,")
