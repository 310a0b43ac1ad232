"""What the dictionaries of the database make of words, in every language at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from initiatives.search import normal

CONFIGURATIONS = {code: f"portal_{code}" for code in ("ar", "en", "fr", "ru", "es", "other")}
OTHER = CONFIGURATIONS["other"]
# PostgreSQL has no list for Arabic. In the spelling of `normal.plain`.
ARABIC_STOPS = frozenset("في من علي الي عن ان ما لا مع هذا هذه التي الذي او ثم كل قد تم هو هي كان".split())

_LOOK_UP = """
    SELECT word,
        array(SELECT DISTINCT lexeme FROM unnest(%s::regconfig[]) name,
            unnest(tsvector_to_array(to_tsvector(name, stem))) lexeme ORDER BY lexeme),
        EXISTS (SELECT FROM unnest('{english_stem,french_stem,spanish_stem,russian_stem}'::regdictionary[]) stemmer
            WHERE ts_lexize(stemmer, word) = '{}')
    FROM unnest(%s::text[], %s::text[]) AS row (word, stem)
"""


@dataclass(frozen=True)
class Known:
    """A word as texts have it: any of `lexemes`."""

    lexemes: tuple[str, ...]
    is_stop: bool  # it says so little in one of the languages that it is left out where there is something else


def look_up(words: Iterable[str]) -> dict[str, Known]:
    """Return what each of the words is in the dictionaries. One query."""
    words = sorted(set(words))
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _LOOK_UP, [list(CONFIGURATIONS.values()), words, [normal.stemmed(normal.plain(word)) for word in words]]
        )
        rows = cursor.fetchall()
    return {word: Known(tuple(found), is_stop or _says_little(word)) for word, found, is_stop in rows}


def _says_little(word: str) -> bool:
    return word in ARABIC_STOPS or (len(word) == 1 and not normal.is_han(word))
