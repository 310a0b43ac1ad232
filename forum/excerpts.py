"""The beginning of a post as plain text, for lists and letters."""

import html
import re

from django.utils.html import strip_tags

from common.text import clean_line, cut_at_sentence

LENGTH = 240  # characters
_ENDS = re.compile(r"</(?:p|li|h\d|t[dhr]|blockquote|pre)>|<br[^>]*>|<hr[^>]*>")  # where words are apart


def of_html(text: str, length: int = LENGTH) -> str:
    """Return the beginning of a post's HTML as one line of text, cut at the end of a sentence or a word."""
    words = strip_tags(_ENDS.sub(r"\g<0> ", text[: length * 20]))
    return cut_at_sentence(clean_line(html.unescape(words)), length)


def plain(text: str) -> str:
    """Return all of a post's HTML as one line of text."""
    return clean_line(html.unescape(strip_tags(text.replace("<", " <"))))
