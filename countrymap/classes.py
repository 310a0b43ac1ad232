"""Colour classes of the map: which counts share a shade.

The rule: up to 12 initiatives in the busiest country, the fixed classes 1, 2, 3, 4–5, 6 or more, so that maps
of different filters compare. Beyond, quantiles: as nearly as equal counts allow, each class holds a fifth of the
countries that have any.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

FIXED = (1, 2, 3, 4, 6)
FIXED_UP_TO = 12
CLASSES = 5


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend: class number (0 for none) and its words."""

    number: int
    label: str


def breaks_for(counts: Iterable[int]) -> tuple[int, ...]:
    """The lowest count of each class, ascending. At most five."""
    some = sorted(n for n in counts if n > 0)
    if not some or some[-1] <= FIXED_UP_TO:
        return FIXED
    lowest = {some[len(some) * number // CLASSES] for number in range(CLASSES)}
    return (1, *sorted(lowest - {1, some[0]}))


def class_of(count: int, breaks: tuple[int, ...]) -> int:
    """The class of a count: 0 for none, else 1 to 5."""
    return sum(1 for lowest in breaks if count >= lowest)


def legend(breaks: tuple[int, ...]) -> list[LegendEntry]:
    """The legend's entries, from none to the darkest."""
    entries = [LegendEntry(0, _("none recorded"))]
    for number, lowest in enumerate(breaks, start=1):
        entries.append(LegendEntry(number, _range(lowest, breaks[number] - 1 if number < len(breaks) else None)))
    return entries


def legend_rule(breaks: tuple[int, ...]) -> str:
    """How the classes were made, where that does not show by itself."""
    if breaks == FIXED:
        return ""
    return _("Each shade holds about the same number of countries and territories.")


def _range(lowest: int, highest: int | None) -> str:
    if highest is None:
        return _("%(count)d or more") % {"count": lowest}
    return str(lowest) if highest == lowest else f"{lowest}–{highest}"
