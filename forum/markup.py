"""The Markdown of posts: that of everywhere, with footnotes and @mentions."""

import re
from collections.abc import Callable

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from common import markdown_parser
from forum.footnotes import add_footnotes

# Letters of a handle, and not the end of an e-mail address or a path: me@example.org is nobody's name.
MENTION = re.compile(r"(?<![\w@./+-])@([a-z0-9][a-z0-9-]{1,28}[a-z0-9])(?!-?[a-z0-9_])", re.ASCII | re.IGNORECASE)

PICTURE = r"/forum/pictures/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/"
_PICTURE = re.compile(PICTURE)
PICTURES_MAX = 5  # in a post

Linked = Callable[[str], str | None]  # handle -> address of the person's page; None where nobody is called so


def make_parser() -> MarkdownIt:
    """Return a parser that knows footnotes, and finds mentions outside quotes, code and links.

    It puts them into `env["named"]`, in their order, and links those for which `env["link"]` knows an address.
    """
    parser = markdown_parser.make_parser()
    add_footnotes(parser)
    other = parser.renderer.rules["image"]
    parser.add_render_rule("image", lambda renderer, *said: _picture(renderer, *said) or other(*said))
    parser.core.ruler.push("mentions", _find_mentions)
    return parser


def pictures_in(body: str) -> list[str]:
    """Return the keys of the pictures of the forum that a text shows or names, each once."""
    return list(dict.fromkeys(address[16:-1] for address in _PICTURE.findall(body)))


def _picture(renderer, tokens, index: int, options, env) -> str:
    """A picture that was sent to the forum is shown; any other one stays a link (empty here)."""
    address = str(tokens[index].attrs.get("src", ""))
    if not _PICTURE.fullmatch(address):
        return ""
    words = escape(renderer.renderInlineAsText(tokens[index].children or [], options, env))
    return f'<img src="{address}" alt="{words}" loading="lazy">'


def _find_mentions(state: StateCore) -> None:
    if "@" not in state.src:
        return
    quotes = 0  # who is named in what somebody else said is not called again
    for block in state.tokens:
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(block.type, 0)
        if not quotes and block.type == "inline" and block.children and "@" in block.content:
            block.children = _with_mentions(block.children, state.env)


def _with_mentions(tokens: list[Token], env) -> list[Token]:
    found: list[Token] = []
    links = 0
    for token in tokens:
        links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        found += _split(token, env) if token.type == "text" and not links and "@" in token.content else [token]
    return found


def _split(token: Token, env) -> list[Token]:
    """Cut a text into words and mentions."""
    pieces: list[Token] = []
    end = 0
    for match in MENTION.finditer(token.content):
        handle = match[1].lower()
        env.setdefault("named", {})[handle] = True
        address = env["link"](handle) if "link" in env else None
        if address:
            pieces += [_text(token.content[end : match.start()], token), *_link(match[0], address, token)]
            end = match.end()
    return [*pieces, _text(token.content[end:], token)]


def _text(content: str, like: Token) -> Token:
    return Token("text", "", 0, content=content, level=like.level)


def _link(words: str, address: str, like: Token) -> list[Token]:
    opened = Token("link_open", "a", 1, attrs={"href": address, "class": "mention"}, level=like.level)
    return [opened, _text(words, like), Token("link_close", "a", -1, level=like.level)]
