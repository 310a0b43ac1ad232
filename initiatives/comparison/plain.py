"""A comparison as plain text, for mails."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common import diff
from initiatives.comparison.fields import Comparison, Field

WHOLE_MAX = 200  # characters of a text that is told whole
AROUND = 60  # characters told on each side of a change


def as_text(comparison: Comparison) -> str:
    """Return what changed, field by field, in the reader's language: short texts whole, long ones where they differ."""
    return "\n\n".join(f"{capfirst(field.label)}\n{_told(field)}" for field in comparison.changed)


def _told(field: Field) -> str:
    if max(len(field.old.text), len(field.new.text)) <= WHOLE_MAX or not (field.old.text and field.new.text):
        return "\n".join(_side(*side) for side in ((_("before:"), field.old.text), (_("now:"), field.new.text)))
    return "\n".join(_passages(diff.pieces(field.old.text, field.new.text)))


def _side(heading: str, text: str) -> str:
    said = " ".join(text.split("\n")) or _("(nothing)")
    return f"  {heading} {_cut(said)}"


def _cut(text: str) -> str:
    return text if len(text) <= 2 * WHOLE_MAX else f"{text[: 2 * WHOLE_MAX].rstrip()} …"


def _passages(script: list[diff.Piece]) -> list[str]:
    """Return each change with what stands around it, in square brackets what went and what came."""
    lines = []
    for number, piece in enumerate(script):
        if piece.same:
            continue
        before = script[number - 1].old[-AROUND:] if number else ""
        after = script[number + 1].old[:AROUND] if number + 1 < len(script) else ""
        lines.append(f"  … {before}{_change(piece)}{after} …".replace("\n", " "))
    return lines


def _change(piece: diff.Piece) -> str:
    values = {"old": _cut(piece.old), "new": _cut(piece.new)}
    if not piece.old:
        return _("[added: %(new)s]") % values
    if not piece.new:
        return _("[removed: %(old)s]") % values
    return _("[removed: %(old)s] [added: %(new)s]") % values
