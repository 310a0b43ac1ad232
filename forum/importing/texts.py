"""Texts of posts of other forums as Markdown."""

from bs4 import BeautifulSoup
from markdownify import MarkdownConverter

from common.text import clean_markdown

WITHOUT_WORDS = ["script", "style", "template", "svg"]  # nothing in them is text
_CONVERTER = MarkdownConverter(heading_style="ATX", bullets="-", default_title=False)


def markdown_of(body: str, kind: str) -> str:
    """Return the text of a post as Markdown, whatever its length; `kind` is markdown or html."""
    if kind == "html":
        page = BeautifulSoup(body, "html.parser")
        for element in page(WITHOUT_WORDS):
            element.decompose()
        body = _CONVERTER.convert_soup(page)
    return clean_markdown(body)
