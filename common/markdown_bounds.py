"""How much a text may become: a reference names a long address a thousand times, a row of one cell is filled up.

Both are counted while the text is read, before anything is drawn.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as read_table
from markdown_it.rules_core import StateCore

HTML_MAX = 100_000  # characters; what people write grows by a tenth
CELLS_MAX = 2_000  # of all tables of a text


class TooMuch(ValidationError):
    """What the text would become is more than is drawn; the message says so to who wrote it."""


def bound(parser: MarkdownIt) -> None:
    """Let the parser raise TooMuch for a text with too many cells, or which repeats too long an address too often."""
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.push("bound", _bound)


def check_length(html: str) -> None:
    """Raise TooMuch where the HTML of a text is too long."""
    if len(html) > HTML_MAX:
        raise _too_long()


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not read_table(state, start, end, True):
        return False
    if not silent:
        rows = next((line for line in range(start, end) if state.isEmpty(line)), end) - start
        dashes = state.src[state.bMarks[start + 1] : state.eMarks[start + 1]]
        cells = state.env["cells"] = state.env.get("cells", 0) + rows * (dashes.strip("| \t").count("|") + 1)
        if cells > CELLS_MAX:
            words = _("The tables have more than %(max)s cells. Attach or link a file, or leave columns out.")
            raise TooMuch(words, code="cells", params={"max": f"{CELLS_MAX:,}"})
    return read_table(state, start, end, silent)


def _bound(state: StateCore) -> None:
    """Addresses and titles of references are the same text again and again until they are drawn: adding is cheap."""
    length = 0
    for block in state.tokens:
        for token in block.children or ():
            length += sum(len(str(value)) for value in token.attrs.values())
    if length > HTML_MAX:
        raise _too_long()


def _too_long() -> TooMuch:
    return TooMuch(
        _("Drawn, this text is too long: it repeats links, notes or marks too often. Say it with fewer."),
        code="too_much",
    )
