"""What the portal finds for words that somebody typed."""

import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from initiatives.search import asking, excerpts, expressions, lexemes, normal, ranking, similar
from initiatives.search.asking import Query
from initiatives.search.excerpts import Wanted

FEW = 1_000  # up to so many are handed over by number

_IDS = """
    SELECT coalesce(string_agg(int8send(initiative_id), '' ORDER BY published_on DESC, initiative_id DESC), '')
    FROM initiatives_matching(%s::tsquery) found
    WHERE NOT EXISTS (SELECT FROM initiatives_initiative removed
        WHERE removed.id = found.initiative_id AND removed.status = 'removed')
"""
_MATCHING = "SELECT initiative_id FROM initiatives_searchtext WHERE vector @@ %s::tsquery"


@dataclass(frozen=True)
class Found:
    """What the database was asked for in the end, and its answer."""

    expression: str = ""  # a tsquery
    marks: Wanted = Wanted()  # any of the words
    ids: array = field(default_factory=lambda: array("q"))  # newest first
    is_exact: bool = True
    prized: tuple[str, ...] = ()  # what is shown before anything else that was found, as tsqueries


class Matches:
    """What was asked for, and what is found: asked of the database once, when it is needed.

    Where nothing has every term, what has similar words is found instead, else what has most of them (`is_exact`).
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.query: Query = asking.parse(text)

    def __bool__(self) -> bool:
        return bool(self.query)

    def condition(self) -> Q:
        """Return what selects them: `Initiative.objects.public().filter(matches.condition())`."""
        if len(self.found.ids) <= FEW:
            return Q(pk__in=list(self.found.ids))
        return Q(pk__in=RawSQL(_MATCHING, [self.found.expression]))  # noqa: S611 (the SQL is ours)

    def ids(self, limit: int | None = None) -> array:
        """Return the numbers of those found, newest first. Archived ones too: asking for `public()` is yours."""
        return self.found.ids[:limit]

    def ranked_ids(self, among: QuerySet | Iterable[int], limit: int) -> list[int]:
        """Return the numbers of the best of those found, best first: of a queryset, or of some of `ids()`."""
        if isinstance(among, QuerySet):
            candidates = ranking.newest_of(among.filter(self.condition()))
        else:
            candidates = ranking.newest(among, self.found.ids)
        return ranking.ranked(candidates, expression=self.found.expression, prized=self.found.prized, limit=limit)

    def suggestion(self) -> str:
        """Return what was probably meant, as words to ask for; empty where nothing better is known."""
        if not self.query or len(self.found.ids) > similar.RARE and self.is_exact:
            return ""
        text = similar.suggestion(self.text, self.alike, len(self.found.ids) if self.is_exact else 0)
        return text if text and self.asked_for(text).has_exact() else ""

    def asked_for(self, text: str) -> "Matches":
        """Return what is found for another text, in the same place."""
        return Matches(text)

    def look(self, expression: str) -> array:
        """Return the numbers of what the `tsquery` finds, newest first. Other rooms look in tables of their own."""
        return _ids(expression)

    def excerpts(self, initiatives: Iterable) -> dict[int, dict[str, str]]:
        """Return `title` and `excerpt` of each by its number: safe HTML with what was found in <mark>."""
        return excerpts.of(initiatives, self.found.marks)

    def has_exact(self) -> bool:
        """Whether something has every term."""
        return bool(self.look(expressions.exact(self.query, self.words)))

    @property
    def is_exact(self) -> bool:
        """Whether what is found has every term; else it is what comes nearest."""
        return self.found.is_exact

    @cached_property
    def words(self) -> dict[str, lexemes.Known]:
        """Everything typed, in the dictionaries."""
        return lexemes.look_up(self.query.words)

    @cached_property
    def found(self) -> Found:
        expression = expressions.exact(self.query, self.words)
        if not expression:
            return Found()
        ids = self.look(expression)
        prized = expressions.exact(self.query, self.words, weight="A"), expressions.in_order(self.query, self.words)
        return Found(expression, self._marks(self.words, {}), ids, prized=prized) if ids else self._nearest()

    def _nearest(self) -> Found:
        """What has words like those that nobody uses; else like any of them; else most of them."""
        like = {
            word: alike.words for word, alike in self.alike.items() if alike.is_unknown or len(word) >= similar.LONG
        }
        unknown = {word: words for word, words in like.items() if self.alike[word].is_unknown}
        known = self.words | lexemes.look_up(word for found in like.values() for word in found)
        tried = {}
        for build, others in ((expressions.similar, unknown), (expressions.similar, like), (expressions.most, like)):
            expression = build(self.query, known, others)
            ids = tried[expression] if expression in tried else self.look(expression)
            if ids:
                prized = expressions.in_order(self.query, expressions.widened(known, others))
                return Found(expression, self._marks(known, others), ids, False, (prized,))
            tried[expression] = ids
        return Found(is_exact=False)

    def _marks(self, known: dict, others: dict) -> Wanted:
        every = expressions.every_word(self.query, known, others)
        found = dict.fromkeys(lexeme for word in every if word in known for lexeme in known[word].lexemes)
        runs = tuple(piece for term in self.query.wanted for piece in term.pieces if normal.is_han(piece))
        return Wanted(expressions.any_of(every, known), tuple(found), runs)

    @cached_property
    def alike(self) -> dict[str, similar.Alike]:
        """Words of public texts that are spelt like those typed, by what was typed."""
        return similar.look_up(self.query, self.words)


def _ids(expression: str) -> array:
    if not expression:
        return array("q")
    with connection.cursor() as cursor:
        cursor.execute(_IDS, [expression])
        (found,) = cursor.fetchone()
    numbers = array("q")
    numbers.frombytes(found)
    if sys.byteorder == "little":  # on the way the highest byte comes first
        numbers.byteswap()
    return numbers


def matches(text: str) -> Matches:
    """Return what is found for `text`, whatever it is. Nothing is asked of the database yet."""
    return Matches(text)
