"""A post as plain text for letters: paragraphs, lists, quotes, code and tables as people write them by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from os.path import commonprefix
from urllib.parse import unquote

from common.text import cut_at_sentence
from common.wrapping import wrap

LEFT_OUT = "[…]"
DEEPEST = 8  # quotes and items around, that lines begin with
BACK = "\u21a9"  # leads from a footnote to its place
_BREAK = "\u2028"  # within a paragraph
_APART = frozenset(["p", "div", "section", "table", "ul", "ol", *(f"h{level}" for level in range(1, 7))])


@dataclass
class Block:
    """A paragraph, a row or some code; its first line begins with `first`, the others with `rest`."""

    kind: str
    text: str
    first: str
    rest: str
    before: str  # of the whole text

    def lines(self) -> list[str]:
        if self.kind == "code":
            return [(self.rest + line).rstrip() for line in self.text.splitlines()]  # at whatever a reader breaks it
        first, *others = self.text.split(_BREAK)
        lines = wrap(first, first=self.first, rest=self.rest)
        return lines + [line for other in others for line in wrap(other, first=self.rest, rest=self.rest)]

    def cut(self, length: int) -> "Block":
        """The beginning of it, of so many characters: whole lines of code, else whole sentences or words."""
        text = self.text[:length].rpartition("\n")[0] if self.kind == "code" else cut_at_sentence(self.text, length)
        return Block(self.kind, text, self.first, self.rest, self.before)


def of_html(html: str, length: int, *, before: str = "") -> str:
    """Return the beginning of a post's HTML, about `length` characters of it; what is left out is said.

    Every line begins with `before`, by which words of a member are told from those of the portal.
    """
    lines: list[str] = []
    last = None
    for block in _beginning(_Reader(html, before).blocks, length):
        if last and not (last.kind == block.kind and block.kind in ("item", "row")):
            lines.append(commonprefix([last.rest, block.first]).rstrip())
        lines += block.lines()
        last = block
    return "\n".join(lines)


def _beginning(blocks: list[Block], length: int) -> Iterator[Block]:
    for block in blocks:
        if len(block.text) > length:
            if length and (cut := block.cut(length)).text:
                yield cut
            yield Block("said", LEFT_OUT, *[block.before] * 3)
            return
        length -= len(block.text)
        yield block


class _Reader(HTMLParser):
    """Goes through HTML that `forum.rendering` has made, and keeps what is said in blocks."""

    def __init__(self, html: str, before: str) -> None:
        super().__init__()
        self._before = before
        self.blocks: list[Block] = []
        self._said = ""
        self._frames: list[list[str]] = []  # of each quote, item and code around: how its first and other lines begin
        self._lists: list[int | None] = []  # number of the next item
        self._links: list[tuple[str, int]] = []
        self._kind = "text"
        self.feed(html)
        self.close()
        self._end()

    def handle_data(self, data: str) -> None:
        self._said += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _APART or tag in ("blockquote", "li", "pre", "hr", "tr"):
            self._end()
        match tag:
            case "blockquote":
                self._frames.append(["> ", "> "])
            case "ul":
                self._lists.append(None)
            case "ol":
                self._lists.append(_number(given.get("start")))
            case "li":
                self._begin_item()
            case "pre":
                self._kind = "code"
                self._frames.append(["    ", "    "])
            case "tr":
                self._kind = "row"
            case "td" | "th" if self._said.strip():
                self._said += " | "
            case "hr":
                self._said = "-" * 20
                self._end()
            case "br":
                self._said += _BREAK
            case "img":
                self._said += f"[{given.get('alt') or '…'}]"
            case "a":
                self._links.append((given.get("href") or "", len(self._said)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._end_link(*self._links.pop())
        if tag in _APART or tag in ("blockquote", "li", "pre", "tr"):
            self._end()
        if tag in ("blockquote", "li", "pre") and self._frames:
            self._frames.pop()
        if tag in ("pre", "tr"):
            self._kind = "text"
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()

    def _begin_item(self) -> None:
        number = self._lists[-1] if self._lists else None
        mark = "- " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1
        self._frames.append([mark, " " * len(mark)])

    def _end_link(self, address: str, since: int) -> None:
        """Say where it leads, unless that is said, or it is a place of the portal."""
        words = self._said[since:].strip()
        if BACK in words:
            self._said = self._said[:since]
        elif (
            address.startswith(("http://", "https://", "mailto:")) and unquote(address.removeprefix("mailto:")) != words
        ):
            self._said += f" <{address}>"

    def _end(self) -> None:
        text = self._said.strip("\n") if self._kind == "code" else _BREAK.join(_lines(self._said))
        self._said, self._links = "", []
        if not text.strip():
            return
        first, rest = (self._before + "".join(frame[place] for frame in self._frames[-DEEPEST:]) for place in (0, 1))
        kind = "item" if self._kind == "text" and self._lists else self._kind
        self.blocks.append(Block(kind, text, first, rest, self._before))
        for frame in self._frames:
            frame[0] = frame[1]


def _lines(said: str) -> list[str]:
    return [" ".join(line.split()) for line in said.strip().strip(_BREAK).split(_BREAK)]


def _number(start: str | None) -> int:
    return int(start) if start and start.isascii() and start.isdigit() and len(start) < 10 else 1
