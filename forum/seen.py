"""What a reader sees of a text, for `forum.policy`: its words, and where it leads.

Markup, references such as &#97;, invisible characters and look-alike letters hide nothing.
"""

import re
from html import unescape

from common.lookalikes import alike, compared
from common.text import visible

_TAG = re.compile(r'<(/?[a-z0-9]+)((?:[^>"]|"[^"]*")*)>')
_WITHIN_WORDS = frozenset(["a", "strong", "em", "s", "code"])
_SPOKEN = re.compile(r'\b(?:href|title|alt)="([^"]*)"')
_LINK = re.compile(r'<a href="(?:https?|mailto):[^"]*"(?:[^>"]|"[^"]*")*>.*?</a>', re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S|mailto:\S|(?<![a-z0-9])www\.\S", re.IGNORECASE)
_MARKS = re.compile(r"[^\w\s]|_")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
_ATTACHED = re.compile("[\u0590-\u08ff\u1100-\u11ff]")  # Hebrew, Arabic, Korean


def links(html: str, title: str = "") -> int:
    """Return how many links the HTML of a text has that leave the forum, with addresses that are no link."""
    rest = f"{visible(title)}\n{_words(_LINK.sub(' ', html))}"
    return len(_LINK.findall(html)) + len(_ADDRESS.findall(rest))


class Words:
    """The words of the HTML of a text, its addresses and what pictures are called, as watched words are compared."""

    def __init__(self, html: str, title: str = "") -> None:
        beside = (unescape(said) for _tag, more in _TAG.findall(html) for said in _SPOKEN.findall(more))
        text = "\n".join([title, _words(html), *beside])
        self._apart = f" {compared(text)} "
        self._closed = f" {compared(_MARKS.sub('', text))} "  # c.a.s.i.n.o
        self._unspaced = self._apart.replace(" ", "")

    def have(self, word: str) -> bool:
        """Whether a folded word, or some in a row, are there. Where writing joins words, within others too."""
        word = alike(word)
        if _UNSPACED.search(word):
            return word.replace(" ", "") in self._unspaced
        whole = word if _ATTACHED.search(word) else f" {word} "
        return whole in self._apart or whole in self._closed


def _words(html: str) -> str:
    text = _TAG.sub(lambda tag: "" if tag[1].strip("/") in _WITHIN_WORDS else "\n", html)
    return visible(unescape(text))
