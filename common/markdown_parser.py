"""The parser of Markdown: what it reads, and what it makes of headings, tables and images."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from common.markdown_bounds import bound

# Above them on the page stand the page's own h1 and h2.
FIRST_HEADING, LAST_HEADING = 3, 6

_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # letters of Arabic, Hebrew and their neighbours
_LEFT = re.compile(r"[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NO_WORDS = re.compile(r"https?://\S+|`[^`]*`|\]\([^)]*\)")  # addresses and code run from left to right in any text


def _lower_headings(tokens: Sequence[Token]) -> None:
    """A heading below no other becomes h3, one below that h4: none is jumped over, whatever levels the text uses."""
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            above = [*(tag for tag in above if tag < token.tag), token.tag]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(FIRST_HEADING + len(above) - 1, LAST_HEADING)}"


def _dress_tables(tokens: Sequence[Token]) -> None:
    """Tables look like the portal's; the Content-Security-Policy forbids the styles that would align columns."""
    for at, token in enumerate(tokens):
        token.attrs.pop("style", None)
        if token.type == "th_open" and not tokens[at + 1].content:
            token.tag = tokens[at + 2].tag = "td"  # an empty corner heads nothing
        if token.type == "table_open":
            token.attrSet("class", "data")


def _tame(state) -> None:
    _lower_headings(state.tokens)
    _dress_tables(state.tokens)
    if _RIGHT.search(state.src):
        _direct_blocks(state.tokens)


def _direct_blocks(tokens: Sequence[Token]) -> None:
    """Each block runs as most of its words do: a name in Latin letters at its beginning turns nothing round."""
    for at, token in enumerate(tokens):
        if token.level == 0 and token.nesting == 1:
            end = next(
                place for place in range(at, len(tokens)) if tokens[place].level == 0 and tokens[place].nesting < 0
            )
            words = " ".join(_NO_WORDS.sub(" ", part.content) for part in tokens[at:end] if part.type == "inline")
            right, left = len(_RIGHT.findall(words)), len(_LEFT.findall(words))
            if right or left:
                token.attrSet("dir", "rtl" if right >= left else "ltr")


def _boxed(renderer: RendererHTML, tokens: Sequence[Token], index: int, options, env) -> str:
    """A wide table scrolls in a box of its own, by keyboard too."""
    label = escape(_("Table"))
    table = renderer.renderToken(tokens, index, options, env)
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">{table}'


def _box_ends(renderer: RendererHTML, tokens: Sequence[Token], index: int, options, env) -> str:
    return renderer.renderToken(tokens, index, options, env).rstrip() + "</div>\n"


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
    rules = {"image": _image_as_link, "table_open": _boxed, "table_close": _box_ends}
    for name, rule in rules.items():
        parser.renderer.rules[name] = rule.__get__(parser.renderer)
    return parser
