"""Footnotes of posts: [^1] in the text, and [^1]: … with what it says. Their ids are those of one post only."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

LABEL_MAX = 50  # characters
PLACE = r"#fn(?:ref)?-[0-9a-f]{12}-[0-9]{1,5}(?:-[0-9]{1,5})?"  # addresses of notes and of what refers to them
TAGS = {"sup"}
ATTRIBUTES = {"a": {"id", "aria-label"}, "li": {"id"}}
CLASSES = {"ol": {"footnotes"}, "a": {"footnote-back"}}


def add_footnotes(parser: MarkdownIt) -> None:
    """Teach the parser footnotes. `env["place"]` tells those of one post from others: 12 hexadecimal digits.

    Notes inside the text, ^[…], stay what they are: nested ones cost more than a text is worth.
    """
    footnote_plugin(parser, inline=False)
    parser.inline.ruler.at("footnote_ref", _short_ref)
    rules = {
        "footnote_ref": _ref,
        "footnote_block_open": lambda *said: '<hr>\n<ol class="footnotes">\n',
        "footnote_block_close": lambda *said: "</ol>\n",
        "footnote_open": _open,
        "footnote_close": lambda *said: "</li>\n",
        "footnote_anchor": _back,
    }
    for name, rule in rules.items():
        parser.add_render_rule(name, lambda renderer, *said, rule=rule: rule(renderer, *said))


def _short_ref(state: StateInline, silent: bool) -> bool:
    """A label ends soon: who writes ten thousand times "[^" is not searched for its end ten thousand times."""
    if state.src.find("]", state.pos, state.pos + LABEL_MAX + 3) < 0:
        return False
    return footnote_ref(state, silent)


def _ref(renderer: RendererHTML, tokens: Sequence[Token], index: int, options, env) -> str:
    number = tokens[index].meta["id"] + 1
    return f'<sup><a href="#{_note(env, number)}" id="{_place(tokens[index], env)}">[{number}]</a></sup>'


def _open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options, env) -> str:
    return f'<li id="{_note(env, tokens[index].meta["id"] + 1)}">'


def _back(renderer: RendererHTML, tokens: Sequence[Token], index: int, options, env) -> str:
    words = _("Back to the text of note %(number)s") % {"number": tokens[index].meta["id"] + 1}
    return f' <a class="footnote-back" href="#{_place(tokens[index], env)}" aria-label="{words}">↩\ufe0e</a>'


def _note(env, number: int) -> str:
    return f"fn-{env['place']}-{number}"


def _place(token: Token, env) -> str:
    again = token.meta.get("subId", 0)
    return f"fnref-{env['place']}-{token.meta['id'] + 1}" + (f"-{again}" if again > 0 else "")
