"""The filters that the list, the map and whatever else shows a choice of initiatives have in common.

A value that nobody knows is left out and named (`ignored`): a mistyped or outdated address still shows what it can.
"""

from array import array
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_filters import FilterSet
from pyroaring import BitMap

from accounts.models import StakeholderType
from common.dates import EARLIEST_YEAR, LATEST_YEAR
from countries.models import Region
from initiatives import finding
from initiatives.filter_fields import (
    CodesFilter,
    CollectionFilter,
    CountryFilter,
    DayFilter,
    LoadedOnce,
    OrganisationFilter,
    PartialDateFilter,
    TagFilter,
    WordsFilter,
    collection_choices,
    country_choices,
)
from initiatives.filter_words import NEWEST, RELEVANCE, SORTS, InWords
from initiatives.finding import Choice
from initiatives.finding.paging import FoundPage, page, walk
from initiatives.left_out import LeavingOut
from initiatives.models import Initiative
from initiatives.querysets import InitiativeQuerySet
from initiatives.search import Matches, matches
from initiatives.search.ranking import RANKED
from initiatives.status import today
from initiatives.vocabulary import (
    MEASURE_LABELS,
    PILLAR_OF,
    Compliance,
    ContentLanguage,
    Instrument,
    Mark,
    MeasureStatus,
    Phase,
    Pillar,
    Theme,
)

GROUPS = [  # flags of countries
    ("ldc", gettext_lazy("least developed countries (LDC)")),
    ("lldc", gettext_lazy("landlocked developing countries (LLDC)")),
    ("sids", gettext_lazy("small island developing states (SIDS)")),
]
YEARS = [(str(year), str(year)) for year in range(EARLIEST_YEAR, LATEST_YEAR + 1)]


class InitiativeFilter(InWords, LeavingOut, FilterSet):
    """What of the public initiatives the parameters of an address ask for.

    Without `queryset`: all that is public, archived ones too with `archived=1`. `qs` is sorted.
    """

    q = WordsFilter(label=gettext_lazy("Words"), method="filter_words")
    region = CodesFilter(label=gettext_lazy("ITU region"), choices=Region.choices, method="filter_region")
    country = CountryFilter(
        label=gettext_lazy("Country or territory"), choices=LoadedOnce(country_choices), method="filter_country"
    )
    group = CodesFilter(label=gettext_lazy("Group of countries"), choices=GROUPS, method="filter_group")
    theme = CodesFilter(label=gettext_lazy("Theme"), choices=Theme.choices, method="filter_theme")
    pillar = CodesFilter(label=gettext_lazy("Pillar"), choices=Pillar.choices, method="filter_pillar")
    measure = CodesFilter(
        label=gettext_lazy("Measure type"), choices=list(MEASURE_LABELS.items()), method="filter_measure"
    )
    stakeholder = CodesFilter(
        label=gettext_lazy("Stakeholder"), choices=StakeholderType.choices, field_name="stakeholder_type"
    )
    organisation = OrganisationFilter(label=gettext_lazy("Organisation"))
    status = CodesFilter(
        label=gettext_lazy("Status of the measure"), choices=MeasureStatus.choices, method="filter_status"
    )
    in_force_on = DayFilter(label=gettext_lazy("In force on"), method="filter_day")
    starts_after = PartialDateFilter(label=gettext_lazy("Started in or after"), method="filter_starts_after")
    starts_before = PartialDateFilter(label=gettext_lazy("Started in or before"), method="filter_starts_before")
    year = CodesFilter(label=gettext_lazy("Year of the start"), choices=YEARS, method="filter_year")
    collection = CollectionFilter(
        label=gettext_lazy("Collection"), choices=LoadedOnce(collection_choices), field_name="collection__slug"
    )
    instrument = CodesFilter(label=gettext_lazy("Instrument"), choices=Instrument.choices)
    compliance = CodesFilter(label=gettext_lazy("Compliance"), choices=Compliance.choices)
    phase = CodesFilter(label=gettext_lazy("Phase"), choices=Phase.choices)
    language = CodesFilter(label=gettext_lazy("Language of the text"), choices=ContentLanguage.choices)
    tag = TagFilter(label=gettext_lazy("Tag"), method="filter_tag")
    mark = CodesFilter(label=gettext_lazy("Trust mark"), choices=Mark.choices)
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

    @classmethod
    def _make_form_class(cls) -> type[Form]:
        """Return the form's class, made once: a form copies its fields, and they keep nothing else."""
        if "_form_class" not in cls.__dict__:
            fields = {name: filter_.field for name, filter_ in cls.base_filters.items()}
            cls._form_class = type("InitiativeFilterForm", (Form,), fields)
        return cls._form_class

    def get_form_class(self) -> type[Form]:
        return self._make_form_class()

    def filter_queryset(self, queryset: InitiativeQuerySet) -> InitiativeQuerySet:
        if self.starts_itself:
            queryset = Initiative.objects.public(archived=bool(self.chosen.get("archived")))
        return super().filter_queryset(queryset).sorted_by(self.order)

    def filter_words(self, found, name, value):
        return found.filter(self.matches.condition()) if self.matches else found

    def filter_region(self, found, name, value):
        return found.in_region(*value)

    def filter_country(self, found, name, value):
        return found.naming(*value)

    def filter_group(self, found, name, value):
        return found.in_group(*value)

    def filter_theme(self, found, name, value):
        return found.on_theme(*value)

    def filter_pillar(self, found, name, value):
        return found.on_theme(*(theme for theme, pillar in PILLAR_OF.items() if pillar in value))

    def filter_measure(self, found, name, value):
        return found.with_measure_type(*value)

    def filter_status(self, found, name, value):
        return found.with_measure_status(*value)

    def filter_day(self, found, name, value):
        return found.with_measure_status(MeasureStatus.IN_FORCE, on=value)

    def filter_starts_after(self, found, name, value):
        return found.filter(starts_on__gte=value.first)

    def filter_starts_before(self, found, name, value):
        return found.filter(starts_on__lte=value.last)

    def filter_year(self, found, name, value):
        return found.starting_in(*value)

    def filter_tag(self, found, name, value):
        return found.tagged(*value)

    def leave(self, found, name, value):
        return found

    @cached_property
    def found(self) -> Choice:
        """The same choice as `qs`, in the index in memory: how many there are, of which codes, of which countries."""
        among = None if self.starts_itself else BitMap(self.queryset.order_by().values_list("pk", flat=True))
        return Choice(finding.current(), self._cleaned, on=today(), words=self._numbers_of, among=among)

    @cached_property
    def matches(self) -> Matches | None:
        """What is found for the words; None where there are none to look for."""
        words = self._cleaned.get("q")
        return (matches(words) or None) if words else None

    def _numbers_of(self, words: str) -> BitMap | None:
        return BitMap(array("I", self.matches.ids())) if self.matches else None

    def page(self, asked: Mapping[str, str]) -> FoundPage:
        """Return the page of the list that `page`, `after` or `before` of an address ask for."""
        return page(self.found, self.order, asked, self.ranking if self.order == RELEVANCE else None)

    def walk(self, *, size: int, after: str = "", before: str = "") -> FoundPage | None:
        """Return up to `size` after or before a place; None where there is no such place."""
        ranking = self.ranking if self.order == RELEVANCE else None
        return walk(self.found, self.order, size=size, after=after, before=before, ranking=ranking)

    def ranking(self) -> Iterator[int]:
        """Yield the numbers of what is found, the best first; beyond those that are compared, the newest first."""
        yield from self._best
        if rest := self.found.ids - BitMap(self._best) if self.matches else None:
            yield from (number for number in self.matches.ids() if number in rest)

    @cached_property
    def _best(self) -> list[int]:
        return self.matches.ranked_ids(self.found.ids, limit=RANKED) if self.matches else []

    def label_of(self, name: str, code: str) -> str:
        """Return the name of a code that is chosen, or that anything public has."""
        index, field = self.found.index, self.form.fields[name]
        if name == "country":
            return index.countries[code].name
        return str(index.labels.get((name, code)) or field.names.get(code) or _label_of(name, code))

    @property
    def order(self) -> str:
        """The sort asked for: a key of SORTS."""
        asked = self._cleaned.get("sort") or [self.usual_order]
        return self.usual_order if asked[0] == RELEVANCE else asked[0]

    @property
    def usual_order(self) -> str:
        """The sort where none is asked for: whoever looks for words wants the best match first."""
        return RELEVANCE if self.matches else NEWEST

    @property
    def _cleaned(self) -> dict[str, Any]:
        self.form.is_valid()  # cleans it, once; no field of it can fail
        return self.form.cleaned_data

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """The parameters in use, cleaned, by name: words that ask for something, and an order that is not usual."""
        cleaned = self._cleaned
        values = {name: [str(item) for item in _as_list(cleaned.get(name))] for name in self.filters}
        values["sort"] = [] if self.order == self.usual_order else [self.order]
        values["q"] = values["q"] if self.matches else []
        return {name: value for name, value in values.items() if value}


@cache
def _labels(name: str) -> dict[str, Any]:
    return dict(InitiativeFilter.base_filters[name].extra["choices"])


def _label_of(name: str, code: str) -> str:
    """Return the name of a code of a closed list; the code itself where the list does not have it any more."""
    return str(_labels(name).get(code, code))


def _as_list(value) -> list:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []
