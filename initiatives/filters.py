"""The filters that the list, the map and whatever else shows a choice of initiatives have in common.

A value that nobody knows is left out and named (`ignored`): a mistyped or outdated address still shows what it can.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_filters import FilterSet

from accounts.models import StakeholderType
from common.dates import PartialDate
from common.text import clean_line
from countries.models import Region
from initiatives.filter_fields import (
    CodesFilter,
    DayFilter,
    LoadedOnce,
    OrganisationFilter,
    TagFilter,
    WordsFilter,
    collection_choices,
    country_choices,
)
from initiatives.models import Initiative
from initiatives.querysets import InitiativeQuerySet
from initiatives.vocabulary import ContentLanguage, Instrument, MeasureStatus, Phase, Theme

MORE = ("instrument", "phase", "language", "archived")  # folded away in the list's form
HIDDEN = ("organisation", "tag", "sort")  # chosen by links
IGNORED_SHOWN, IGNORED_LENGTH = 5, 40  # values, characters of each

NEWEST = "newest"
SORTS = {
    NEWEST: gettext_lazy("newest first"),
    "-start": gettext_lazy("latest start first"),
    "start": gettext_lazy("earliest start first"),
    "title": gettext_lazy("by title"),
    "relevance": gettext_lazy("best match first"),  # newest first until there is a ranking
}


class Sort(NamedTuple):
    """An order that the list offers, and its address (relative to the page)."""

    label: str
    url: str
    current: bool


class Chip(NamedTuple):
    """A filter in use: what it says, and the address without it (relative to the page)."""

    label: str
    url: str


class InitiativeFilter(FilterSet):
    """What of the public initiatives the parameters of an address ask for.

    Without `queryset`: all that is public, archived ones too with `archived=1`. `qs` is sorted.
    """

    q = WordsFilter(label=gettext_lazy("Words"), method="filter_words")
    region = CodesFilter(label=gettext_lazy("ITU region"), choices=Region.choices, method="filter_region")
    country = CodesFilter(
        label=gettext_lazy("Country or territory"), choices=LoadedOnce(country_choices), method="filter_country"
    )
    theme = CodesFilter(label=gettext_lazy("Theme"), choices=Theme.choices, method="filter_theme")
    stakeholder = CodesFilter(
        label=gettext_lazy("Stakeholder"), choices=StakeholderType.choices, field_name="stakeholder_type"
    )
    status = CodesFilter(
        label=gettext_lazy("Status of the measure"), choices=MeasureStatus.choices, method="filter_status"
    )
    in_force_on = DayFilter(label=gettext_lazy("In force on"), method="filter_day")
    collection = CodesFilter(
        label=gettext_lazy("Collection"), choices=LoadedOnce(collection_choices), field_name="collection__slug"
    )
    instrument = CodesFilter(label=gettext_lazy("Instrument"), choices=Instrument.choices)
    phase = CodesFilter(label=gettext_lazy("Phase"), choices=Phase.choices)
    language = CodesFilter(label=gettext_lazy("Language of the text"), choices=ContentLanguage.choices)
    organisation = OrganisationFilter(label=gettext_lazy("Organisation"))
    tag = TagFilter(label=gettext_lazy("Tag"), method="filter_tag")
    archived = CodesFilter(
        label=gettext_lazy("Archived"),
        choices=[("1", pgettext_lazy("filter", "include archived ones"))],
        method="leave",  # it decides where `qs` starts
    )
    sort = CodesFilter(label=gettext_lazy("Order"), choices=list(SORTS.items()), method="leave")

    class Meta:
        model = Initiative
        fields: list[str] = []

    def __init__(
        self, data: Mapping | None = None, queryset: InitiativeQuerySet | None = None, *, request=None, prefix=None
    ) -> None:
        data = QueryDict() if data is None else data
        self.starts_itself = queryset is None
        queryset = Initiative.objects.none() if queryset is None else queryset
        super().__init__(data, queryset, request=request, prefix=prefix)

    def filter_queryset(self, queryset: InitiativeQuerySet) -> InitiativeQuerySet:
        if self.starts_itself:
            queryset = Initiative.objects.public(archived=bool(self.chosen.get("archived")))
        return super().filter_queryset(queryset).sorted_by(self.order)

    def filter_words(self, found, name, value):
        return found.containing(value)

    def filter_region(self, found, name, value):
        return found.in_region(*value)

    def filter_country(self, found, name, value):
        return found.naming(*value)

    def filter_theme(self, found, name, value):
        return found.on_theme(*value)

    def filter_status(self, found, name, value):
        return found.with_measure_status(*value)

    def filter_day(self, found, name, value):
        return found.with_measure_status(MeasureStatus.IN_FORCE, on=value)

    def filter_tag(self, found, name, value):
        return found.tagged(*value)

    def leave(self, found, name, value):
        return found

    @property
    def order(self) -> str:
        """The sort asked for: a key of SORTS."""
        asked = self._cleaned.get("sort") or [NEWEST]
        return NEWEST if asked[0] == "relevance" and not self._cleaned.get("q") else asked[0]

    @property
    def order_label(self) -> str:
        return str(SORTS[self.order])

    @property
    def _cleaned(self) -> dict[str, Any]:
        self.form.is_valid()  # cleans it, once; no field of it can fail
        return self.form.cleaned_data

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The parameters in use, cleaned, by name; the sort only where it is not the default."""
        cleaned = self._cleaned
        values = {name: [str(item) for item in _as_list(cleaned.get(name))] for name in self.filters}
        values["sort"] = [] if self.order == NEWEST else [self.order]
        return {name: value for name, value in values.items() if value}

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
        return [Chip(self._words_for(*pair), f"?{self.canonical_query(without=pair)}") for pair in pairs]

    def sorts(self) -> list[Sort]:
        """Return the orders to choose from."""
        orders = [(code, str(label)) for code, label in SORTS.items() if code != "relevance"]
        return [
            Sort(label, f"?{self.canonical_query(sort='' if code == NEWEST else code)}", code == self.order)
            for code, label in orders
        ]

    def countries_chosen(self) -> list[tuple[str, str]]:
        """Return the codes and names of the countries asked for."""
        names = self.form.fields["country"].names
        return [(code, names[code]) for code in self.chosen.get("country", ())]

    def hidden(self) -> list[tuple[str, str]]:
        """Return what the form carries along without showing it."""
        return [(name, value) for name in HIDDEN for value in self.chosen.get(name, ())]

    def uses_more(self) -> bool:
        """Whether one of the filters in use is folded away."""
        return any(name in self.chosen for name in MORE)

    def query_with_archived(self) -> str:
        return self.canonical_query(archived="1")

    def _words_for(self, name: str, value: str) -> str:
        field = self.form.fields[name]
        if name == "in_force_on":
            value = PartialDate.parse(value).words()
        return _("%(filter)s: %(value)s") % {
            "filter": field.label,
            "value": getattr(field, "names", {}).get(value, value),
        }

    @property
    def ignored(self) -> list[tuple[str, str]]:
        """Return what was left out because nobody knows it: the filter's label and the value, shortened."""
        self.form.is_valid()  # the fields remember what they were given while they are cleaned
        found = [
            (str(field.label), clean_line(value)[:IGNORED_LENGTH] or "…")
            for field in self.form.fields.values()
            for value in getattr(field, "ignored", ())
        ]
        return found[:IGNORED_SHOWN]


def _as_list(value) -> list:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []
