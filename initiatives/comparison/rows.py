"""Sources and files of two texts, each matched with its like."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from initiatives.models.content import SOURCES_MAX
from initiatives.vocabulary import SourceKind
from initiatives.web_addresses import key_of

Kept = Mapping[str, Any]


class Row(NamedTuple):
    """A source or a file: what it is known by, and its text in lines."""

    key: Hashable
    text: str


def sources(text: Kept) -> list[Row]:
    """Return the sources, known by their address however it is spelt."""
    found = []
    for number in range(1, SOURCES_MAX + 1):
        url, title, body, kind = (str(text.get(f"source{number}_{name}") or "") for name in _COLUMNS)
        if url:
            about = [body, capfirst(str(_KINDS.get(kind, kind)))]
            found.append(Row(key_of(url) or url, _lines(title, url, about)))
    return found


def attachments(text: Kept) -> list[Row]:
    """Return the files, known by what is in them."""
    found = []
    for file in text.get("attachments") or []:
        name, title = str(file.get("name") or ""), str(file.get("title") or "")
        about = [str(file.get("kind") or "").upper(), filesizeformat(file.get("size") or 0)]
        found.append(Row(file.get("sha256") or name, _lines(title, name, about)))
    return found


def matched(old: Iterable[Row], new: Iterable[Row]) -> list[tuple[Row | None, Row | None]]:
    """Return the rows in the order of the new text, each with its like; then those that are gone."""
    left = list(old)
    pairs: list[tuple[Row | None, Row | None]] = []
    for row in new:
        like = next((one for one in left if one.key == row.key), None)
        if like:
            left.remove(like)
        pairs.append((like, row))
    return pairs + [(row, None) for row in left]


def label_of(group: str, number: int) -> str:
    return (_("source %(number)d") if group == "sources" else _("file %(number)d")) % {"number": number}


_COLUMNS = ("url", "title", "body", "kind")
_KINDS = dict(SourceKind.choices)


def _lines(title: str, name: str, about: Iterable[str]) -> str:
    return "\n".join(filter(None, (title, name, " · ".join(filter(None, about)))))
