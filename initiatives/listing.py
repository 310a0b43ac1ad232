"""What the list shows, as HTML: made once for each process, and again when anything public has changed.

The index is another one after any such change, and with it goes what was made of it (`Index.keep`). So what is kept
may depend on public initiatives, on the day and on the reader's language, and on nothing else.
"""

from collections.abc import Hashable
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from initiatives import facets
from initiatives.filters import InitiativeFilter
from initiatives.finding import Index
from initiatives.finding.paging import FoundPage
from initiatives.items import item_html, read
from initiatives.search import Matches
from initiatives.status import today


def items(chosen: InitiativeFilter, page: FoundPage) -> list[SafeString]:
    """Return the items of a page. One query where they are shown for the first time, more with what was looked for."""
    if chosen.matches:
        return _marked(page, chosen.matches)
    return kept_items(chosen.found.index, page.numbers)


def kept_items(index: Index, numbers: list[int]) -> list[SafeString]:
    """Return the items with these numbers, in this order. One query, unless all have been shown before."""
    known = {number: html for number in numbers if (html := index.recall(_key("item", number)))}
    missing = [number for number in numbers if number not in known]
    for item in read(missing) if missing else ():
        known[item.pk] = index.keep(_key("item", item.pk), item_html(item), about=item.pk)
    return [known[number] for number in numbers if number in known]


def _key(*parts: Hashable) -> Hashable:
    return (*parts, get_language(), today())


def _marked(page: FoundPage, matches: Matches) -> list[SafeString]:
    """Return the items with title and passage in which the words were found."""
    found = read(page.numbers)
    excerpts = matches.excerpts(found)
    return [item_html(item, excerpts.get(item.pk)) for item in found]


class Form(NamedTuple):
    """The facets in use or in sight, those that are folded away, and whether one of these is in use."""

    shown: SafeString
    folded: SafeString
    unfolded: bool


def form(chosen: InitiativeFilter, whole: str) -> Form:
    """Return what the form offers, with all of the facet `whole`."""
    return Form(
        facet_choices(chosen, facets.SHOWN, whole),
        facet_choices(chosen, facets.FOLDED, whole),
        any(name in chosen.chosen or name == whole for name in (*facets.FOLDED, "archived")),
    )


def facet_choices(chosen: InitiativeFilter, names: tuple[str, ...], whole: str = "") -> SafeString:
    """Return the facets of these names with their counts, all of the one that is `whole`."""
    index = chosen.found.index
    key = _key(names, chosen.canonical_query(), whole if whole in facets.LONG else "")
    return index.recall(key) or index.keep(key, _drawn(facets.facets_of(chosen, names, whole)))


def _drawn(offered: list[facets.Facet]) -> SafeString:
    return render_to_string("initiatives/_facets.html", {"facets": offered})
