"""Markdown of contributors and forum members as HTML that can do nothing.

Two walls: the parser lets no HTML in, and what it writes passes a short list of allowed elements.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

# Above them on the page stand the page's own h1 and h2.
FIRST_HEADING, LAST_HEADING = 3, 6

_TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h3", "h4", "h5", "h6"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_CLASSES = {"table": {"data"}}
_SCHEMES = {"http", "https", "mailto"}
_REL = "nofollow ugc noopener"
_HAS_SCHEME = re.compile(r"[a-z]+:", re.IGNORECASE)


def render(text: str) -> SafeString:
    """Return `text` as safe HTML: headings from h3 down, images as links, no link with our word for it."""
    return clean(_parser.render(text))


@dataclass(frozen=True)
class Allowed:
    """What may pass beside what passes everywhere: elements, attributes and classes by element.

    Addresses without a scheme would point into the portal, whose pages are linked in full: only those pass that `own`
    matches as a whole.
    """

    tags: Set[str] = frozenset()
    attributes: Mapping[str, Set[str]] = field(default_factory=dict)
    classes: Mapping[str, Set[str]] = field(default_factory=dict)
    own: re.Pattern | None = None


def clean(html: str, allowed: Allowed = Allowed()) -> SafeString:
    """Return what passes of HTML that a parser of `make_parser` wrote."""
    return mark_safe(  # noqa: S308 this is where it becomes safe
        nh3.clean(
            html,
            tags=_TAGS | allowed.tags,
            attributes=_joined(_ATTRIBUTES, allowed.attributes),
            allowed_classes=_joined(_CLASSES, allowed.classes),
            url_schemes=_SCHEMES,
            link_rel=_REL,
            strip_comments=True,
            url_relative="pass_through",
            attribute_filter=lambda tag, name, value: _passed(name, value, allowed.own),
        )
    )


def _joined(ours: Mapping[str, Set[str]], more: Mapping[str, Set[str]]) -> dict[str, set[str]]:
    return {tag: {*ours.get(tag, ()), *more.get(tag, ())} for tag in {*ours, *more}}


def _passed(name: str, value: str, own: re.Pattern | None) -> str | None:
    if name not in ("href", "src") or name == "href" and _HAS_SCHEME.match(value):
        return value
    return value if own and own.fullmatch(value) else None


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
    words = _escape(name)
    return words if opened else f'<a href="{_escape(str(token.attrs.get("src", "")))}">{words}</a>'


def _escape(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def make_parser() -> MarkdownIt:
    """Return a parser without HTML, whose headings, tables and images are tamed. Rules can be added to it."""
    # With the preset's 100 levels of nesting 8,000 times "[" take three seconds.
    parser = MarkdownIt("js-default", {"html": False, "linkify": True, "maxNesting": 20})
    # Only full addresses: "signed.In March" is no link to signed.in.
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    parser.core.ruler.push("tame", _tame)
    parser.renderer.rules["image"] = _image_as_link.__get__(parser.renderer)
    return parser


_parser = make_parser()
