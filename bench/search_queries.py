"""Known-item questions: what somebody types who remembers a piece of one record. What bench/search.py asks for."""

import re
import unicodedata
from random import Random

HAN = re.compile("[\u4e00-\u9fff]+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LETTERS = {"ar": "ابتدرسعفقلمنهوي", "ru": "абвгдеиклмнопрст"}
# Endings that one form of a word has where another has the other one. Made for this bench by the grammar's tables.
ENDINGS = {
    "en": [("ies", "y"), ("ing", "ed"), ("ed", "ing"), ("es", "e"), ("s", ""), ("y", "ies"), ("", "s")],
    "fr": [("aux", "al"), ("ées", "é"), ("és", "er"), ("er", "é"), ("s", ""), ("é", "ées"), ("", "s")],
    "es": [("ciones", "ción"), ("ción", "ciones"), ("ados", "ado"), ("ar", "ando"), ("es", ""), ("s", ""), ("", "s")],
    "ru": [
        ("ами", "ы"),
        ("ого", "ый"),
        ("ый", "ого"),
        ("ые", "ых"),
        ("ия", "ии"),
        ("ов", "ы"),
        ("ы", "ов"),
        ("а", "у"),
    ],
}


def phrase(text: str, language: str, rng: Random) -> str:
    """Three to five words of the text that stand together; four to eight characters of Chinese."""
    if language == "zh":
        runs = [run for run in HAN.findall(text) if len(run) >= 4]
        run = rng.choice(runs) if runs else ""
        size = min(len(run), rng.randint(4, 8))
        start = rng.randint(0, len(run) - size)
        return run[start : start + size]
    words = text.split()
    size = min(len(words), rng.randint(3, 5))
    start = rng.randint(0, len(words) - size)
    return " ".join(words[start : start + size]).strip(".,;:()\"'¿?¡!«»،؟")


def typo(text: str, language: str, rng: Random) -> str:
    """One letter of the longest word is missing, doubled by another, wrong, or changes places with the next."""
    longest = max(HAN.findall(text) or WORD.findall(text) or [""], key=len)
    if len(longest) < 4:
        return ""
    if language == "zh":
        place = rng.randrange(len(longest))
        wrong = longest[:place] + rng.choice("的一是在有人这中大来") + longest[place + 1 :]
    else:
        place = rng.randrange(1, len(longest) - 1)
        head, one, two, tail = longest[:place], longest[place], longest[place + 1], longest[place + 2 :]
        other = rng.choice(LETTERS.get(language, "abcdefghilmnoprstu"))
        wrong = head + rng.choice([two, other + one + two, other + two, two + one]) + tail
    return text.replace(longest, wrong, 1) if wrong != longest else ""


def without_accents(text: str, language: str, rng: Random) -> str:
    """As somebody types who has no such keys: no accents; in Arabic one form of alef, and of the letters like it."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    if language == "ar":
        bare = bare.translate(str.maketrans("أإآىة", "ااايه"))
    return bare if bare != unicodedata.normalize("NFKD", text) or language == "ar" and bare != text else ""


def inflected(text: str, language: str, rng: Random) -> str:
    """The longest word in another form: by its ending, in Arabic with or without the article; 的 put into Chinese."""
    if language == "zh":
        place = len(text) // 2
        return text[:place] + "的" + text[place:] if "的" not in text else text.replace("的", "", 1)
    longest = max(WORD.findall(text) or [""], key=len)
    if len(longest) < 4:
        return ""
    if language == "ar":
        return text.replace(longest, longest[2:] if longest.startswith("ال") else "ال" + longest, 1)
    for ending, other in ENDINGS[language]:
        if longest.endswith(ending):
            return text.replace(longest, longest[: len(longest) - len(ending)] + other, 1)
    return ""


KINDS = {
    "a phrase": lambda text, language, rng: text,
    "one typo": typo,
    "no accents": without_accents,
    "inflected": inflected,
}
