"""What somebody typed, as terms: words that must all be there, quoted phrases, and what must not be there (-word).

Nothing that can be typed is an error: what makes no sense as a question is read as words, or not at all.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from countries.other_names import code_of
from initiatives.search import normal

TEXT_MAX, TERMS_MAX, RUN_MAX = 400, 10, 24  # characters, terms, characters of a run without spaces
_QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))
_DOTTED = re.compile(r"(?<!\w)[A-Z](?:\.[A-Z])+(?!\w)\.?")  # "U.S.": one word, as with hyphens
SHORT = 4  # letters of words that are typed in capitals even where all is: "UK", "WHO ITU"
_TERM = re.compile(r'(?<!\S)([-−]?)"([^"]*)"|(\S+)')


@dataclass(frozen=True)
class Term:
    """A word, a run of Chinese characters, or a phrase of several."""

    pieces: tuple[str, ...]  # in the form of `normal.pieces`
    is_phrase: bool = False  # in this order, one after the other
    is_excluded: bool = False
    is_shouted: bool = False  # typed in capitals, as "WHO": not the word that a stop list means
    code: str = ""  # of the country whose ISO code this is, typed in capitals

    @property
    def words(self) -> list[str]:
        """Everything that has to be looked up in the dictionaries."""
        found = [word for piece in self.pieces for word in words_of(piece)]
        return [*found, normal.country_word(self.code)] if self.code else found


def words_of(piece: str) -> list[str]:
    if normal.is_han(piece):
        return normal.pairs(piece) or [piece]
    whole = normal.joined(piece)
    return [*normal.parts(piece), *([whole] if whole else [])]


@dataclass(frozen=True)
class Query:
    """What is asked for; false where nothing can be searched for."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_excluded)

    @cached_property
    def excluded(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.is_excluded)

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def words(self) -> list[str]:
        return list(dict.fromkeys(word for term in self.terms for word in term.words))


def parse(text: str) -> Query:
    """Read what was typed: at most `TEXT_MAX` characters and `TERMS_MAX` terms of it."""
    text = text[:TEXT_MAX].replace("\x00", " ").translate(_QUOTES)
    text = _DOTTED.sub(lambda match: "-".join(match.group().replace(".", "")), text)
    shouting = text.upper() == text and any(len(word) > SHORT for word in text.split())  # then capitals say nothing
    terms: list[Term] = []
    for minus, quoted, other in _TERM.findall(text):
        if quoted:
            terms += _phrase(quoted, bool(minus))
        elif other:
            terms += _words(other, shouting)
    return Query(tuple(dict.fromkeys(terms))[:TERMS_MAX])


def _phrase(text: str, is_excluded: bool) -> list[Term]:
    found = _cut(text)
    return [Term(found, is_phrase=True, is_excluded=is_excluded)] if found else []


def _words(text: str, shouting: bool) -> list[Term]:
    """The terms of what stands between two spaces: without its punctuation it may be several words."""
    if text[0] in "-−":
        found = _cut(text)
        return [Term(found, is_phrase=len(found) > 1, is_excluded=True)] if found else []
    shouted = not shouting and len(text) > 1 and text.isupper()
    found = _cut(text)
    code = (
        code_of().get("".join(letter for letter in text if letter.isalpha()), "") if shouted and len(found) == 1 else ""
    )
    return [Term((piece,), is_shouted=shouted, code=code) for piece in found]


def _cut(text: str) -> tuple[str, ...]:
    every = normal.pieces(normal.plain(text))
    return tuple(piece[:RUN_MAX] if normal.is_han(piece) else piece for piece in every)[:TERMS_MAX]
