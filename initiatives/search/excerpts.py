"""The words that were asked for, where they stand: a title and a piece of the text with those words marked.

The database says which words of the few texts shown are the same to it, so accents, endings and likely words are marked
just as they were found. What comes back is safe HTML; its language and direction are the text's own, in the template.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.text import sign_at
from initiatives.models import Initiative
from initiatives.search import normal
from initiatives.search.lexemes import CONFIGURATIONS, OTHER

LENGTH, BEFORE, SNAP = 280, 60, 20  # characters: of an excerpt, before the first word found, to the next space

# Words of the texts, each in the language of its text, that are one of those asked for.
_SAME = """
    SELECT word, name::text FROM unnest(%s::text[], %s::regconfig[], %s::text[]) AS row (word, name, stem)
    WHERE to_tsvector(name, stem) @@ %s::tsquery
"""
_PIECE = normal.piece_pattern(f"(?:[^\\W_{normal.HAN}]|[{normal.MARKS}])")  # as people wrote it
_MARKUP = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)|[*_`#>|]{1,6}|^[-+] ", re.MULTILINE)
_ARABIC = re.compile("[\u0600-\u06ff]")

Span = tuple[int, int]


@dataclass(frozen=True)
class Wanted:
    """What is marked."""

    any_word: str = ""  # a tsquery
    lexemes: tuple[str, ...] = ()  # of it
    runs: tuple[str, ...] = ()  # of Han characters


@dataclass(frozen=True)
class Text:
    """The texts of one thing that are shown, and in what language."""

    configuration: str
    title: str
    bodies: tuple[str, ...]  # the excerpt is from the first that has one of the words, else from the first

    @property
    def every(self) -> tuple[str, ...]:
        return (self.title, *self.bodies)


def of(initiatives: Iterable[Initiative], wanted: Wanted) -> dict[int, dict[str, SafeString]]:
    """Return `title` and `excerpt` by the number of each initiative. Two queries, however many they are."""
    initiatives = list(initiatives)
    long = dict(Initiative.objects.filter(pk__in=[one.pk for one in initiatives]).values_list("pk", "description"))
    return shown({one.pk: _text(one, long.get(one.pk, "")) for one in initiatives}, wanted)


def shown(texts: Mapping[int, Text], wanted: Wanted) -> dict[int, dict[str, SafeString]]:
    """Return `title` and `excerpt` of each text, with what is `wanted` marked. One query."""
    same = _same_words(texts.values(), wanted)
    return {pk: _shown(text, same, wanted.runs) for pk, text in texts.items()}


def _text(initiative: Initiative, description: str) -> Text:
    bodies = (initiative.summary, " ".join(_MARKUP.sub(r"\1", description).split()))
    return Text(CONFIGURATIONS.get(initiative.language, OTHER), initiative.title, bodies)


def _shown(text: Text, same: frozenset[tuple[str, str]], runs: tuple[str, ...]) -> dict[str, SafeString]:
    found = ((body, _spans(body, text.configuration, same, runs)) for body in text.bodies)
    body, spans = next((one for one in found if one[1]), ("", []))
    body = body or text.bodies[0]
    title = _marked(text.title, _spans(text.title, text.configuration, same, runs), 0, len(text.title))
    return {"title": title, "excerpt": _marked(body, spans, *_window(body, spans))}


def _same_words(texts: Iterable[Text], wanted: Wanted) -> frozenset[tuple[str, str]]:
    """The words that are to be marked, each with the configuration of its language."""
    beginnings = tuple({normal.folded(lexeme)[:2] for lexeme in wanted.lexemes})
    every = {(word, text.configuration) for text in texts for part in text.every for word in _words(part)}
    likely = sorted((*one, normal.stemmed(one[0])) for one in every if _begins(one[0], beginnings))
    if not likely or not wanted.any_word:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_SAME, [*map(list, zip(*likely, strict=True)), wanted.any_word])
        return frozenset(cursor.fetchall())


def _begins(word: str, beginnings: tuple[str, ...]) -> bool:
    """Dictionaries change endings, so other beginnings need not be asked about; in Arabic they change both."""
    return normal.folded(word).startswith(beginnings) or bool(_ARABIC.match(word))


def _words(text: str) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        yield from _forms(piece)


@lru_cache(maxsize=20_000)  # the same words come in one text after the other
def _forms(piece: str) -> tuple[str, ...]:
    """What a piece of a text is compared as; nothing for Han characters."""
    plain = normal.plain(piece)
    return () if normal.is_han(plain) else (*normal.parts(plain), normal.joined(plain))


def _spans(text: str, configuration: str, same: frozenset, runs: tuple[str, ...]) -> list[Span]:
    """Where in a text something is to be marked, in order and without overlaps."""
    found = list(_runs(text, runs))
    for match in _PIECE.finditer(text):
        if any((word, configuration) in same for word in _forms(match.group())):
            found.append(match.span())
    return _merged(sorted(found))


def _runs(text: str, runs: tuple[str, ...]) -> Iterator[Span]:
    """Where runs of characters stand; where one is not there as a whole, its pairs."""
    for run in runs:
        for part in [run] if run in text else normal.pairs(run):
            yield from (match.span() for match in re.finditer(re.escape(part), text))


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(text: str, spans: list[Span]) -> Span:
    """The piece of the text that is shown: around the words where most of them stand close together."""
    if len(text) <= LENGTH:
        return 0, len(text)
    room = LENGTH - BEFORE
    first = (
        max(spans, key=lambda one: (sum(one[0] <= other[0] < one[0] + room for other in spans), -one[0]))[0]
        if spans
        else 0
    )
    start = max(0, min(first - BEFORE, len(text) - LENGTH))
    end = min(len(text), start + LENGTH)
    if start and -1 < (space := text.find(" ", start, start + SNAP)) < first:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", end - SNAP, end)) > -1:
        end = space
    return sign_at(text, start), sign_at(text, end) if end < len(text) else end


def _marked(text: str, spans: list[Span], start: int, end: int) -> SafeString:
    """The piece of the text from `start` to `end` as HTML: everything escaped, the spans marked."""
    parts, at = ["…" if start else ""], start
    for first, last in ((max(first, start), min(last, end)) for first, last in spans):
        if first < last:
            parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    parts += [escape(text[at:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(parts))  # noqa: S308 (every part is escaped)
