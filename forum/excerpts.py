"""The beginning of a post as plain text, for lists and letters."""

import html

from django.utils.html import strip_tags

from common.text import clean_line, cut_at_sentence

LENGTH = 240  # characters


def of_html(text: str, length: int = LENGTH) -> str:
    """Return the beginning of a post's HTML as one line of text, cut at the end of a sentence or a word."""
    words = strip_tags(text[: length * 20].replace("<", " <"))
    return cut_at_sentence(clean_line(html.unescape(words)), length)
