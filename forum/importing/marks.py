"""Marks that Discourse adds to Markdown, as Markdown: quotes, what can be folded away, files that were sent to it."""

import re

from forum.importing import emoji
from forum.quoting import escaped

_CODE = re.compile(
    r"^ {0,3}(`{3,9}|~{3,9})[^\n]*\n(?:.*?^ {0,3}\1[`~]*[ \t]*$|.*\Z)|(?<!`)(`{1,9})(?!`)[^`\n]+\2(?!`)", re.M | re.S
)
_INDENTED = re.compile(r"(?: {4}|\t)[ \t]*\S")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]")
_HIDDEN = {"[": "\ue000", "<": "\ue001", ":": "\ue002"}  # private use: what stands in code is no mark
_SHOWN = {ord(sign): mark for mark, sign in _HIDDEN.items()}
# The innermost quote: no other one begins or ends in it.
_QUOTE = re.compile(r"\[quote(?:=([^\]\n]{0,300}))?\]((?:(?!\[quote[\]=]|\[/quote\]).)*)\[/quote\]", re.S | re.I)
_QUOTES_MAX = 20  # in each other
_SENT = re.compile(r"(!?)\[([^\[\]\n]{0,300})\]\(upload://([^)\s]{0,300})\)")
_IMG = re.compile(r'<img[^>]{0,300}\bsrc="([^">]{1,300})"[^>]{0,300}>', re.I)
_SIZE = re.compile(r"(!\[[^\[\]\n|]{0,300})\|[^\]\n]{0,40}(?=\]\()")  # |690x388, 50%
_FOLDED = re.compile(
    r'\[details(?:="?([^"\]\n]{0,300})"?)?\]|<summary>(?:<b>)?([^<]{0,300})(?:</b>)?</summary>', re.S | re.I
)
_FOLDS = re.compile(r"\[/details\]|</?details[^>\n]{0,40}>", re.I)
_NAMED = r":[a-z0-9_+-]{1,60}(?::t[1-6])?:"
_EMOJI, _EMOJIS = re.compile(_NAMED), re.compile(rf"(?<![\w:/])(?:{_NAMED})+(?![\w:/])")
# HTML that some write into their Markdown, on the line where it stands, for that may be a row of a table.
_TAGS = re.compile(r"<(/?)(h[1-6]|[uo]l|li|br|div|sup|sub|center|small)(?:\s[^<>\n]{0,100})?/?>", re.I)


def as_markdown(text: str) -> str:
    """Return the text with plain Markdown instead of these marks. What stands in code stays as it is."""
    text = _without_indented(_CODE.sub(lambda code: _hidden(code[0]), text.replace("\r\n", "\n")))
    text = _IMG.sub(r"![](\1)", text)
    text = _SENT.sub(_name_of_file, text)
    text = _SIZE.sub(r"\1", text)
    text = _FOLDS.sub("\n\n", _FOLDED.sub(_summary, text))
    text = _TAGS.sub(_instead, text)
    text = _EMOJIS.sub(lambda some: _EMOJI.sub(lambda named: emoji.of_name(named[0]), some[0]), text)
    for _level in range(_QUOTES_MAX):
        text, count = _QUOTE.subn(_quote, text)
        if not count:
            break
    return text.translate(_SHOWN)


def _hidden(code: str) -> str:
    return code.translate(str.maketrans(_HIDDEN))


def _without_indented(text: str) -> str:
    """Hide marks in code that is indented: after an empty line or more code, and not below an item of a list."""
    lines, may_begin, in_list = text.split("\n"), True, False
    for place, line in enumerate(lines):
        if _INDENTED.match(line):
            if may_begin and not in_list:
                lines[place] = _hidden(line)
            continue  # as it was before: more of the code, or of the paragraph
        is_empty = not line.strip()
        if not is_empty:
            in_list = bool(_ITEM.match(line)) or (in_list and (line[0] in " \t" or not may_begin))
        may_begin = is_empty
    return "\n".join(lines)


def _quote(found: re.Match) -> str:
    """A quote begins with who is quoted; `light, post:15, topic:556` says where, too."""
    who = (found[1] or "").strip("\"'“” ").partition(",")[0].strip()
    lines = [*([f"{escaped(who)}:", ""] if who else []), *found[2].strip("\n").split("\n")]
    return "\n\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def _name_of_file(found: re.Match) -> str:
    """Its address means something there only: what it was called remains."""
    name = found[2].partition("|")[0].strip() or found[3]
    return f"{'🖼' if found[1] else '📎'} {name}".strip()


def _instead(tag: re.Match) -> str:
    """What is seen of the tag of a heading, an item or a line that ends; nothing of others."""
    is_end, name = bool(tag[1]), tag[2].lower()
    if name.startswith("h"):
        return "\n\n" if is_end else f"\n\n{'#' * int(name[1])} "
    return {"li": " " if is_end else "• ", "br": " "}.get(name, "")


def _summary(found: re.Match) -> str:
    words = " ".join((found[1] or found[2] or "").split())
    return f"\n\n**{words}**\n\n" if words else "\n\n"
