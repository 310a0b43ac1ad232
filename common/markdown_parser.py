"""The parser of Markdown: what it reads, and what it makes of headings, tables and images."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from common.markdown_bounds import bound

# Above them on the page stand the page's own h1 and h2.
FIRST_HEADING, LAST_HEADING = 3, 6


def _lower_headings(tokens: Sequence[Token]) -> None:
    """The highest level that the text uses becomes h3, the next one h4: none is jumped over."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    levels = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(FIRST_HEADING + levels.index(token.tag), LAST_HEADING)}"


def _dress_tables(tokens: Sequence[Token]) -> None:
    """Tables look like the portal's; the Content-Security-Policy forbids the styles that would align columns."""
    for token in tokens:
        token.attrs.pop("style", None)
        if token.type == "table_open":
            token.attrSet("class", "data")


def _tame(state) -> None:
    _lower_headings(state.tokens)
    _dress_tables(state.tokens)


def _image_as_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options, env) -> str:
    """An image from elsewhere would tell its server who reads this page: it becomes a link, not inside another one."""
    token = tokens[index]
    name = renderer.renderInlineAsText(token.children or [], options, env) or str(token.attrs.get("src", ""))
    opened = sum({"link_open": 1, "link_close": -1}.get(earlier.type, 0) for earlier in tokens[:index])
    words = escape(name)
    return words if opened else f'<a href="{escape(str(token.attrs.get("src", "")))}">{words}</a>'


def escape(value: str) -> str:
    """Return the text as HTML shows it, in an attribute too."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def make_parser() -> MarkdownIt:
    """Return a parser without HTML, whose headings, tables and images are tamed. Rules can be added to it."""
    # With the preset's 100 levels of nesting 8,000 times "[" take three seconds.
    parser = MarkdownIt("js-default", {"html": False, "linkify": True, "maxNesting": 20})
    # Only full addresses: "signed.In March" is no link to signed.in.
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    bound(parser)
    parser.core.ruler.push("tame", _tame)
    parser.renderer.rules["image"] = _image_as_link.__get__(parser.renderer)
    return parser
