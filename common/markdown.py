"""Markdown of contributors and forum members as HTML that can do nothing.

Two walls: the parser lets no HTML in, and what it writes passes a short list of allowed elements.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from html import unescape

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from common.markdown_bounds import TooMuch, check_length
from common.markdown_parser import escape, make_parser
from common.text import is_seen, without_tricks

_TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h3", "h4", "h5", "h6"),
    *("div", "table", "thead", "tbody", "tr", "th", "td"),
}
_BLOCKS = ("p", "blockquote", "ul", "ol", "h3", "h4", "h5", "h6", "table")  # which may say their direction
_ATTRIBUTES = {
    **{tag: {"dir"} for tag in _BLOCKS},
    **{"a": {"href", "title"}, "ol": {"start", "dir"}, "div": {"tabindex", "role", "aria-label"}},
}
_CLASSES = {"table": {"data"}, "div": {"scroll"}}
_SCHEMES = {"http", "https", "mailto"}
_REL = "nofollow ugc noopener"
_HAS_SCHEME = re.compile(r"[a-z]+:", re.IGNORECASE)


def render(text: str) -> SafeString:
    """Return `text` as safe HTML: headings from h3 down, images as links, no link with our word for it."""
    return clean(draw(_parser, text))


def draw(parser: MarkdownIt, text: str, env: dict | None = None) -> str:
    """Return HTML that is still to be cleaned; what would become too much (`check`) is drawn as it was typed."""
    try:
        return parser.render(text, env)
    except TooMuch:
        return f"<pre>{escape(text)}</pre>"


def check(text: str) -> SafeString:
    """Return the HTML of `text`; raise ValidationError, in words, where it is too much."""
    return checked(clean(_parser.render(text)))


def checked(html: SafeString) -> SafeString:
    """Return the HTML; raise ValidationError, in words, where it is too long, or nothing is seen of it."""
    check_length(html)
    if "<img" not in html and not any(map(is_seen, unescape(strip_tags(html)))):
        raise ValidationError(_("Nothing would be seen of this text."), code="unseen")
    return html


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
        without_tricks(  # a reference such as &#x202e; has brought back what cleaning the text took away
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
    )


def _joined(ours: Mapping[str, Set[str]], more: Mapping[str, Set[str]]) -> dict[str, set[str]]:
    return {tag: {*ours.get(tag, ()), *more.get(tag, ())} for tag in {*ours, *more}}


def _passed(name: str, value: str, own: re.Pattern | None) -> str | None:
    if name not in ("href", "src") or name == "href" and _HAS_SCHEME.match(value):
        return value
    return value if own and own.fullmatch(value) else None


_parser = make_parser()
