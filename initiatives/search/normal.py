"""How text becomes words that can be compared: the same for what is stored and for what is typed.

Letters of one kind are spelt one way, Arabic without its optional signs, and writing without spaces between words
(Chinese, Japanese) is cut into overlapping pairs. Accents, and endings but those of Arabic, are left to the database
(migration 0012).
"""

import re
import unicodedata
from collections.abc import Iterator

HAN = "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
WORD_MAX = 40  # characters of a word that are looked at
PARTS_MAX = 3  # of a word with hyphens that is found as one word too

# Stands between parts of a text, so that no phrase goes on from one to the next; nobody types it.
GAP = "0part0"
PARTS = "\x1f"  # between parts, in a text that is handed over as one

_HYPHENS = "\\-\u2010-\u2012\u2212"


def piece_pattern(letter: str) -> re.Pattern[str]:
    """Return what matches a run of Han characters, or a word of such letters with what hyphens join to it."""
    return re.compile(f"[{HAN}]+|{letter}+(?:[{_HYPHENS}]{letter}+)*")


_PIECE = piece_pattern(f"[^\\W_{HAN}]")
_PART = re.compile(r"[^\W_]+")
_IS_ARABIC = re.compile("[\u0621-\u064a]")
_ARTICLES = ("ال", "بال", "كال", "فال", "لل")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_LONG_VOWELS = re.compile("[اوي]")
_IS_HAN = re.compile(f"[{HAN}]")
# Signs above and below letters that no letter of its own exists for, and characters that nobody sees.
MARKS = "".join(
    re.escape(chr(code))
    for code in range(0x80, 0x10000)
    if unicodedata.category(chr(code)) in ("Mn", "Me", "Cf") and not 0xD800 <= code < 0xE000
)
_NOT_COMPARED = re.compile(f"[{MARKS}\u0640]")  # the last one is tatweel, which only makes words longer
_SPELLING = str.maketrans(
    "أإآٱؤئىیکة" + "٠١٢٣٤٥٦٧٨٩" + "۰۱۲۳۴۵۶۷۸۹",
    "اااا" + "ويييكه" + "0123456789" * 2,
)


def plain(text: str) -> str:
    """Return `text` with one spelling for each letter, in lower case; accents stay."""
    return text.lower() if text.isascii() else spelt(text).translate(_SPELLING)


def spelt(text: str) -> str:
    """Return `text` in lower case without what is not compared, its letters as they are."""
    return text.lower() if text.isascii() else _NOT_COMPARED.sub("", unicodedata.normalize("NFKC", text)).lower()


def folded(word: str) -> str:
    """Return a word as words are compared with similar ones: without accents too."""
    word = plain(word)
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def pieces(text: str) -> Iterator[str]:
    """Yield the words of `plain` text in order: one with hyphens is one piece, so is a run of Han characters."""
    return (match.group() for match in _PIECE.finditer(text))


def parts(piece: str) -> list[str]:
    """Return the words of a piece that hyphens join."""
    return [part[:WORD_MAX] for part in _PART.findall(piece)]


def joined(piece: str) -> str:
    """Return a word with hyphens as one word ("wifi"); empty where it has none, or too many."""
    found = _PART.findall(piece)
    return "".join(found)[:WORD_MAX] if 1 < len(found) <= PARTS_MAX else ""


def is_han(piece: str) -> bool:
    return bool(_IS_HAN.match(piece))


def pairs(run: str) -> list[str]:
    """Return the overlapping pairs of a run of characters."""
    return [run[start : start + 2] for start in range(len(run) - 1)]


def stemmed(word: str) -> str:
    """Return an Arabic word without its article, "and" before it, and the ending of number, gender or possession.

    These are the rules of the light stemmer of Larkey, Ballesteros and Connell (light10). Others stay as they are.
    """
    if not _IS_ARABIC.match(word):
        return word
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    word = next((word[len(one) :] for one in _ARTICLES if word.startswith(one) and len(word) > len(one) + 1), word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word[: -len(ending)]
    return word


def skeleton(word: str) -> str:
    """Return the letters that an Arabic word mostly keeps in its plural, which is made by other vowels between them.

    Empty for others, and where less than three letters are left.
    """
    stem = stemmed(plain(word))
    if not _IS_ARABIC.match(stem):
        return ""
    letters = stem[0] + _LONG_VOWELS.sub("", stem[1:])
    return letters if len(letters) > 2 else ""


def country_word(code: str) -> str:
    """Return the word by which a country is found that was asked for by its code: no other word is like it."""
    return f"iso3166{code.lower()}"


def words(text: str) -> str:
    """Return what the database stores of `text`: the words of each of its `PARTS`, with a gap after each."""
    return " ".join(f"{stored} {GAP}" for part in text.split(PARTS) if (stored := _words(part)))


def _words(text: str) -> str:
    """Return the words of a part, and pairs, with spaces between.

    The last character of a run stands alone too: a single character is asked for as the beginning of a pair. Words with
    hyphens are there once more as one, at the end, where they part no phrase.
    """
    found, wholes = [], []
    for piece in pieces(plain(text)):
        if is_han(piece):
            found += [*pairs(piece), piece[-1]]
        else:
            found += map(stemmed, parts(piece))
            wholes.append(joined(piece))
    return " ".join([*found, *dict.fromkeys(whole for whole in wholes if whole)])
