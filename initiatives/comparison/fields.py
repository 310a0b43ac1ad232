"""What a comparison is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from common.diff import Segment


@dataclass(frozen=True)
class Side:
    """One side of a field: its text, the same in segments, and the language and direction it is read in.

    `lang` is None where the text is in the reader's own words, as those of codes are.
    """

    text: str
    segments: Sequence[Segment]
    lang: str | None = None
    dir: str = "auto"


@dataclass(frozen=True)
class Field:
    """One field of both texts. `group` is what a list of changes calls it, where several fields share a name."""

    name: str
    label: str
    old: Side
    new: Side
    group: str = ""

    @property
    def changed(self) -> bool:
        return self.old.text != self.new.text

    @property
    def is_added(self) -> bool:
        return self.changed and not self.old.text

    @property
    def is_removed(self) -> bool:
        return self.changed and not self.new.text


@dataclass(frozen=True)
class Comparison:
    """Every field that one of the two texts fills, in the order in which pages show them."""

    fields: Sequence[Field]

    @cached_property
    def changed(self) -> list[Field]:
        return [field for field in self.fields if field.changed]

    @cached_property
    def unchanged(self) -> list[Field]:
        return [field for field in self.fields if not field.changed]

    @property
    def differs(self) -> bool:
        return bool(self.changed)

    def labels_of_changes(self) -> list[str]:
        """Return the names of what differs, each once, e.g. ["title", "sources"], in the reader's language."""
        return list(dict.fromkeys(field.group or field.label for field in self.changed))
