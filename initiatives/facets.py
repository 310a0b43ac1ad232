"""What the list's form offers: each facet with the codes that would find something, and how many; and ways out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from common.text import fold
from initiatives.filters import InitiativeFilter

SHOWN = ("region", "country", "theme", "status", "year", "stakeholder")  # the others are folded away
FOLDED = (
    *("group", "pillar", "measure", "organisation", "instrument", "compliance", "phase"),
    *("language", "collection", "tag", "mark"),
)
LONG = (
    "country",
    "organisation",
    "tag",
    "measure",
)  # the commonest first, and no more than TOP until all are asked for
TOP, ALL = 10, 500
WHOLE = "all"  # the parameter that asks for all of a facet


class Option(NamedTuple):
    code: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A parameter with the codes to choose from; `more` is how many are not shown, `more_url` shows them."""

    name: str
    label: str
    options: list[Option]
    more: int = 0
    more_url: str = ""

    @property
    def in_use(self) -> bool:
        return any(option.chosen for option in self.options)


class WayOut(NamedTuple):
    """Other filters where nothing is found: the words of what to take away or keep, the address, how many it finds."""

    label: str
    url: str
    count: int


def facets_of(chosen: InitiativeFilter, names: Iterable[str], whole: str = "") -> list[Facet]:
    """Return the facets of these names that offer a choice; all of the one that is `whole`."""
    facets = (_facet(chosen, name, ALL if name == whole else TOP) for name in names)
    return [facet for facet in facets if facet.options]


def _facet(chosen: InitiativeFilter, name: str, most: int) -> Facet:
    counts, asked = chosen.found.counts(name), chosen.chosen.get(name, [])
    codes = _codes(chosen, name, {*counts, *asked})
    more = 0
    if name in LONG:
        free = (code for code in codes if code not in asked)
        others = [code for _count, code in nlargest(most - len(asked), ((counts[code], code) for code in free))]
        more = len(codes) - len(asked) - len(others)
        codes = [*asked, *sorted(others, key=lambda code: (-counts[code], fold(chosen.label_of(name, code))))]
    options = [Option(code, chosen.label_of(name, code), counts.get(code, 0), code in asked) for code in codes]
    query = chosen.canonical_query(**{WHOLE: name}) if more and most < ALL else ""
    return Facet(name, str(chosen.form.fields[name].label), options, more, f"?{query}#facet-{name}" if query else "")


def _codes(chosen: InitiativeFilter, name: str, wanted: set[str]) -> list[str]:
    """Return the codes in the order of the vocabulary; years from the latest on, collections by name."""
    if name in LONG:
        return list(wanted)
    if name == "collection":
        return sorted(wanted, key=lambda code: fold(chosen.label_of(name, code)))
    ordered = [code for code, _label in chosen.form.fields[name].choices if code in wanted]
    return ordered[::-1] if name == "year" else ordered


def ways_out(chosen: InitiativeFilter) -> list[WayOut]:
    """Return which one of the parameters in use to take away so that something is found, the most fruitful first.

    None where there is only one: what is there without it is simply everything.
    """
    every = chosen.found.parts
    return _ways(chosen, {name: (name,) for name in every}) if len(every) > 1 else []


def ways_back(chosen: InitiativeFilter) -> list[WayOut]:
    """Return which one of the parameters in use to keep where no single one is in the way, the most fruitful first."""
    every = chosen.found.parts
    return _ways(chosen, {name: tuple(other for other in every if other != name) for name in every})


def _ways(chosen: InitiativeFilter, taken: Mapping[str, tuple[str, ...]]) -> list[WayOut]:
    """Return the ways by the parameter that is named, without those that are taken away for it."""
    ways = []
    for name, others in taken.items():
        count = len(chosen.found.without(*others))
        words = ", ".join(chosen.words_for(name, value) for value in chosen.chosen[name])
        ways.append(WayOut(words, f"?{chosen.canonical_query(**dict.fromkeys(others, ''))}", count))
    return sorted((way for way in ways if way.count), key=lambda way: -way.count)
