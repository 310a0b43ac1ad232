"""What filters in use look like: as the words of a chip, as an address."""

from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.dates import PartialDate

DATES = ("in_force_on", "starts_after", "starts_before")
NEWEST, RELEVANCE = "newest", "relevance"
SORTS = {
    RELEVANCE: gettext_lazy("best match first"),  # only with words to look for, and then the usual one
    NEWEST: gettext_lazy("newest first"),
    "-start": gettext_lazy("latest start first"),
    "start": gettext_lazy("earliest start first"),
    "title": gettext_lazy("by title"),
}


class Sort(NamedTuple):
    """An order that the list offers, and its address (relative to the page)."""

    label: str
    url: str
    current: bool


class Chip(NamedTuple):
    """A filter in use with the address without it, or one to use instead with its address (relative to the page)."""

    label: str
    url: str


class InWords:
    """For `InitiativeFilter`: what it says of itself, by its `chosen`, its `order` and its form."""

    @property
    def order_label(self) -> str:
        return str(SORTS[self.order])

    @property
    def filters_in_use(self) -> int:
        """How many values narrow the choice: sort and archived do not."""
        return sum(len(values) for name, values in self.chosen.items() if name not in ("sort", "archived"))

    def canonical_query(self, *, without: tuple[str, str] | None = None, **changes: str) -> str:
        """Return the query string of equal filters: known parameters only, sorted.

        `without` leaves one value out; `changes` sets parameters, or leaves those out that are given as "".
        """
        chosen = {**self.chosen, **{name: [value] if value else [] for name, value in changes.items()}}
        query = QueryDict(mutable=True)
        for name in sorted(chosen):
            query.setlist(name, sorted(value for value in chosen[name] if (name, value) != without))
        return query.urlencode()

    def chips(self) -> list[Chip]:
        """Return the filters in use, one for each value."""
        pairs = [(name, value) for name, values in self.chosen.items() if name != "sort" for value in values]
        return [Chip(self.words_for(*pair), f"?{self.canonical_query(without=pair)}") for pair in pairs]

    def sorts(self) -> list[Sort]:
        """Return the orders to choose from."""
        orders = [(code, str(label)) for code, label in SORTS.items() if code != RELEVANCE or self.matches]
        return [
            Sort(label, f"?{self.canonical_query(sort='' if code == self.usual_order else code)}", code == self.order)
            for code, label in orders
        ]

    def hidden(self) -> list[tuple[str, str]]:
        """Return what the form carries along without showing it."""
        return [("sort", value) for value in self.chosen.get("sort", ())]

    def query_with_archived(self) -> str:
        return self.canonical_query(archived="1")

    def suggestion(self) -> Chip | None:
        """Return what was probably meant with the words, and its address; None where nothing better is known."""
        words = self.matches.suggestion() if self.matches else ""
        return Chip(words, f"?{self.canonical_query(q=words)}") if words else None

    def words_for(self, name: str, value: str) -> str:
        field = self.form.fields[name]
        if name in DATES:
            value = PartialDate.parse(value).words()
        return _("%(filter)s: %(value)s") % {
            "filter": field.label,
            "value": getattr(field, "names", {}).get(value, value),
        }
