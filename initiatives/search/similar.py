"""Words that were probably meant: those of public texts that are spelt much alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from initiatives.search import normal
from initiatives.search.asking import Query
from initiatives.search.lexemes import Known

LETTERS_MIN, CHOSEN = 3, 5  # letters of a word that is compared, words that are taken for it
LONG = 5  # letters from which on a word that is used may stand for another: "data" is not meant for "date"
RARE, RARER = 5, 20  # matches up to which something else may have been meant, if it stands so many times as often

_LIKE = """
    SELECT typed, word, like_it.folded, uses
    FROM unnest(%s::text[], %s::text[]) AS row (typed, bones) CROSS JOIN LATERAL (
        (SELECT word, folded, uses FROM initiatives_searchword WHERE folded %% typed
            ORDER BY similarity(folded, typed) DESC, uses DESC LIMIT 30)
        UNION
        (SELECT word, folded, uses FROM initiatives_searchword WHERE skeleton = bones AND skeleton <> ''
            ORDER BY uses DESC LIMIT 10)
    ) like_it
"""
_WORD = re.compile(r"[^\W_]+")
_AND_THE = "وال"


@dataclass(frozen=True)
class Alike:
    """Words of public texts that are spelt like one that was typed, the likeliest first, and how often that stands."""

    words: tuple[str, ...] = ()
    most_uses: int = 0  # of the likeliest
    own_uses: int = 0

    @property
    def is_unknown(self) -> bool:
        return not self.own_uses


def look_up(query: Query, words: Mapping[str, Known]) -> dict[str, Alike]:
    """Return what is alike by the words that were typed, for those that say something. One query at most."""
    typed = [word for term in query.wanted if not term.code for word in term.words]
    wanted = {word: normal.folded(word) for word in typed if _is_compared(word, words)}
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [list(wanted.values()), [normal.skeleton(word) for word in wanted]])
        rows = cursor.fetchall()
    return {
        word: _choose(typed, sorted({row[1:] for row in rows if row[0] == typed})) for word, typed in wanted.items()
    }


def _is_compared(word: str, words: Mapping[str, Known]) -> bool:
    if len(word) < LETTERS_MIN or normal.is_han(word) or any(letter.isdigit() for letter in word):
        return False
    return word in words and not words[word].is_stop


def _choose(typed: str, rows: list[tuple[str, str, int]]) -> Alike:
    own = sum(uses for _word, folded, uses in rows if folded == typed)
    allowed = 1 if len(typed) < 5 else 2 if len(typed) < 9 else 3
    stem = normal.stemmed(typed)
    near = [(distance(stem, normal.stemmed(folded)), -uses, word) for word, folded, uses in rows if folded != typed]
    near = sorted(one for one in near if one[0] <= allowed)[:CHOSEN]
    return Alike(tuple(word for _far, _uses, word in near), -near[0][1] if near else 0, own)


def distance(one: str, other: str) -> int:
    """Return how many letters must be added, left out, replaced or exchanged with their neighbour."""
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        this = [row]
        for column, facing in enumerate(other, start=1):
            cost = min(last[column] + 1, this[-1] + 1, last[column - 1] + (letter != facing))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, before[column - 2] + 1)
            this.append(cost)
        before, last = last, this
    return last[-1]


def suggestion(text: str, alike: Mapping[str, Alike], found: int) -> str:
    """Return `text` with other words in place of those that nobody or hardly anybody uses; empty where none are."""
    better = {
        word: _alone(one.words[0])
        for word, one in alike.items()
        if one.words and (one.is_unknown if not found else one.most_uses >= RARER * max(one.own_uses, 1))
    }
    if not better or found > RARE:
        return ""
    return _WORD.sub(lambda match: better.get(normal.plain(match.group()), match.group()), text)


def _alone(word: str) -> str:
    """Return an Arabic word without the "and" that is written as part of it, where the article tells that it is one."""
    return word[1:] if word.startswith(_AND_THE) and len(word) > LONG else word
