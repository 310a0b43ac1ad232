"""Posts as HTML: made once, when they are written."""

from common import markdown


def render(body: str) -> str:
    """Return the Markdown of a post as safe HTML."""
    return markdown.render(body)
