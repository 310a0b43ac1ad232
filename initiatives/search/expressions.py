"""Terms as the database is asked for them: the text of a `tsquery`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from initiatives.search import normal
from initiatives.search.asking import Query, Term
from initiatives.search.lexemes import Known

Words = Mapping[str, Known]
PRONOUN = ("us", "u-s")  # a word that says nothing, though no stop list has it


def exact(query: Query, words: Words, *, weight: str = "") -> str:
    """Every term, and none of the excluded ones; empty where the dictionaries leave nothing to ask for.

    With `weight` the terms must stand in texts of that weight ("A" is the title).
    """
    found = [_term(term, words, weight) for term in telling(query, words)]
    return _without(_all(found), query, words)


def in_order(query: Query, words: Words) -> str:
    """All that was typed as one phrase; empty where it is a single word, or a phrase already."""
    pieces = tuple(piece for term in query.wanted for piece in term.pieces)
    steps = _term(Term(pieces, is_phrase=True), words)
    return steps if "<->" in steps and not any(term.is_phrase for term in query.wanted) else ""


def widened(words: Words, others: Mapping[str, Sequence[str]]) -> dict[str, Known]:
    """The words, each as what it is or as any of the `others` that are like it."""
    return {
        word: replace(
            known, lexemes=known.lexemes + tuple(one for o in others.get(word, ()) for one in words[o].lexemes)
        )
        for word, known in words.items()
    }


def similar(query: Query, words: Words, others: Mapping[str, Sequence[str]]) -> str:
    """Every term or something like it: `others` are similar words, in the dictionaries too; order does not matter."""
    return _without(_all(_loose(query, words, others)), query, words)


def most(query: Query, words: Words, others: Mapping[str, Sequence[str]]) -> str:
    """All but one of the terms, or all but two of five and more, each or something like it."""
    found = [expression for expression in _loose(query, words, others) if expression]
    left_out = 1 if len(found) < 5 else 2
    if len(found) < 2:
        return ""
    return _without(_any(_all(some) for some in combinations(found, len(found) - left_out)), query, words)


def every_word(query: Query, words: Words, others: Mapping[str, Sequence[str]]) -> list[str]:
    """The words that are asked for, and those like them."""
    typed = [word for term in telling(query, words) for word in term.words]
    return list(dict.fromkeys([*typed, *(other for word in typed for other in others.get(word, ()))]))


def any_of(every: Iterable[str], words: Words) -> str:
    """Any of the words."""
    return _any(_beginning(word) if normal.is_han(word) and len(word) == 1 else _word(word, words) for word in every)


def telling(query: Query, words: Words) -> list[Term]:
    """The terms that must be there. Words that say nothing are left out where there are others."""
    kept = [term for term in query.wanted if term.is_phrase or term.is_shouted or not _is_stop(term, words)]
    return kept or list(query.wanted)


def _is_stop(term: Term, words: Words) -> bool:
    return all(word in words and words[word].is_stop for word in term.words)


def _term(term: Term, words: Words, weight: str = "") -> str:
    if not term.is_phrase:
        return _any(
            [_piece(term.pieces[0], words, weight) if _says(term, words) else "", _country(term, words, weight)]
        )
    last = len(term.pieces) - 1
    steps = [step for at, piece in enumerate(term.pieces) for step in _steps(piece, at == last, words, weight)]
    return f"({' <-> '.join(steps)})" if steps else ""


def _says(term: Term, words: Words) -> bool:
    """Whether the word is asked for as a word: "IN", "CAN" and "US" in capitals are countries."""
    return not term.code or not (term.pieces[0] in PRONOUN or _stops(term.pieces[0], words))


def _country(term: Term, words: Words, weight: str = "") -> str:
    return _word(normal.country_word(term.code), words, weight) if term.code else ""


def _steps(piece: str, is_last: bool, words: Words, weight: str) -> list[str]:
    """The words of a phrase one by one. Within a phrase the last character of a run stands alone as well."""
    if not normal.is_han(piece):
        found = [_word(part, words, weight) for part in normal.parts(piece)]
    else:
        found = [_word(pair, words, weight) for pair in normal.pairs(piece)]
        if not is_last or not found:
            found.append(_beginning(piece[-1], weight))
    return [step for step in found if step]


def _piece(piece: str, words: Words, weight: str) -> str:
    if normal.is_han(piece):
        # All pairs, wherever they stand: as good as in order from three characters on, and much quicker.
        found = [_word(pair, words, weight) for pair in normal.pairs(piece)]
        return _all(found) if found else _beginning(piece, weight)
    parts = _all(_word(part, words, weight) for part in normal.parts(piece))
    return _any([parts, _word(normal.joined(piece), words, weight)])


def _loose(query: Query, words: Words, others: Mapping[str, Sequence[str]]) -> list[str]:
    pieces = [piece for term in telling(query, words) for piece in term.pieces]
    if any(not _stops(piece, words) for piece in pieces):
        pieces = [piece for piece in pieces if not _stops(piece, words)]
    countries = {term.pieces[0]: _country(term, words) for term in query.wanted if term.code}
    found = [_any([_loose_piece(piece, words, others), countries.get(piece, "")]) for piece in dict.fromkeys(pieces)]
    return found[:10]


def _stops(piece: str, words: Words) -> bool:
    return not normal.is_han(piece) and all(words[part].is_stop for part in normal.parts(piece) if part in words)


def _loose_piece(piece: str, words: Words, others: Mapping[str, Sequence[str]]) -> str:
    if not normal.is_han(piece):
        alternatives = [_word(other, words) for part in normal.parts(piece) for other in others.get(part, ())]
        return _any([_piece(piece, words, ""), *alternatives])
    pairs = [_word(pair, words) for pair in normal.pairs(piece)]
    if len(pairs) < 3:
        return _piece(piece, words, "")
    # One character may be another one, or one more or less may stand between two.
    return _any(_all(pairs[:at] + pairs[at + 2 :]) for at in range(len(pairs) - 1))


def _word(word: str, words: Words, weight: str = "") -> str:
    known = words.get(word)
    if not known or not known.lexemes:
        return ""
    return _any(_quoted(lexeme) + (f":{weight}" if weight else "") for lexeme in known.lexemes)


def _beginning(character: str, weight: str = "") -> str:
    return f"{_quoted(character)}:*{weight}"


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _without(wanted: str, query: Query, words: Words) -> str:
    unwanted = [f"!{expression}" for term in query.excluded if (expression := _term(term, words))]
    return _all([wanted, *unwanted]) if wanted else ""


def _all(expressions: Iterable[str]) -> str:
    return _joined(expressions, " & ")


def _any(expressions: Iterable[str]) -> str:
    return _joined(expressions, " | ")


def _joined(expressions: Iterable[str], operator: str) -> str:
    found = list(dict.fromkeys(expression for expression in expressions if expression))
    return found[0] if len(found) == 1 else f"({operator.join(found)})" if found else ""
