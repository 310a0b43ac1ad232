"""Words as a reader takes them, whichever letters write them."""

from common.text import fold

# Small letters of Cyrillic and Greek that look like Latin ones, at least as capitals.
_ALIKE = str.maketrans(
    "авекмнорстухіѕјһԁԛԝαβεηικμνορτυχζ",
    "abekmhopctyxisjhdqwabehikmvoptuxz",
)


def alike(folded: str) -> str:
    """Return folded words with Latin letters for those that look so."""
    return folded.translate(_ALIKE)


def compared(text: str) -> str:
    """Return a text for comparing words in it: folded, with one letter for all that look the same."""
    return alike(fold(text))
