"""Texts of posts of other forums as Markdown that the forum's renderer shows as they were."""

import re

from markdownify import MarkdownConverter

from common.text import clean_markdown
from forum.importing.marks import as_markdown
from forum.importing.pages import simple

_ADDRESS = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?)\]'\"])")


class _Converter(MarkdownConverter):
    """The usual one, which leaves addresses between words as they are."""

    def escape(self, text, parent_tags):
        pieces = [text] if "a" in parent_tags else _ADDRESS.split(text)
        for place in range(len(pieces)):
            is_address = place % 2 == 1
            pieces[place] = f"<{pieces[place]}>" if is_address else super().escape(pieces[place], parent_tags)
        return "".join(pieces)


_CONVERTER = _Converter(
    heading_style="ATX", bullets="-", default_title=False, newline_style="BACKSLASH", escape_misc=True
)


def markdown_of(body: str, kind: str) -> str:
    """Return the text of a post, whatever its length; empty where it says nothing. `kind` is markdown or html."""
    body = _CONVERTER.convert_soup(simple(body)) if kind == "html" else as_markdown(body)
    return clean_markdown(body) if body.strip(" -*\\\n") else ""
