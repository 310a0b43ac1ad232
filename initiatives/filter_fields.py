"""Form fields of the filters: they keep what they know and remember the rest, and never fail."""

import copy
import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.choices import BaseChoiceIterator
from django_filters import CharFilter, Filter, MultipleChoiceFilter
from taggit.models import Tag

from accounts.models import Organisation
from common.dates import PartialDate, Precision
from common.text import clean_line, fold
from countries.codes import iso2_of
from countries.models import Country
from initiatives.models import Collection, Initiative, TagAlias

QUERY_MAX = 200  # characters


class LoadedOnce(BaseChoiceIterator):
    """Choices from the database: read when they are first needed, once for each form."""

    def __init__(self, load: Callable[[], list[tuple[str, str]]]) -> None:
        self.load, self.loaded = load, None

    def __iter__(self) -> Iterator[tuple[str, str]]:
        if self.loaded is None:
            self.loaded = self.load()
        return iter(self.loaded)


class Fixed(BaseChoiceIterator):
    """Choices of a closed list: every form shares them, where Django would copy each."""

    def __init__(self, choices: Iterable[tuple[str, Any]]) -> None:
        self.choices = tuple(choices)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.choices)

    def __deepcopy__(self, memo: dict) -> "Fixed":
        return self


def country_choices() -> list[tuple[str, str]]:
    """Return every country and territory by its name in the reader's language."""
    return sorted(((country.iso2, country.name) for country in Country.objects.all()), key=lambda pair: fold(pair[1]))


def collection_choices() -> list[tuple[str, str]]:
    return list(Collection.objects.values_list("slug", "name"))


class TolerantField(forms.Field):
    """Keeps the values it knows as codes (`chosen`) with `names`, and remembers the others in `ignored`."""

    widget = forms.MultipleHiddenInput

    def __init__(self, **options) -> None:
        super().__init__(**{**options, "required": False})
        self.ignored: list[str] = []
        self.names: dict[str, str] = {}
        self.chosen: list[str] = []

    def clean(self, value) -> list[str]:
        given = [str(item) for item in value or [] if str(item).strip()]
        if given:
            self.names = self.known(given)
        # Codes are told apart by nobody in upper and lower case.
        codes = {code.casefold(): code for code in self.names}
        unknown = [item for item in given if item.casefold() not in codes]
        if unknown and (moved := self.moved(unknown)):
            self.names |= self.known(list(moved.values()))
            codes |= {item.casefold(): code for item, code in moved.items() if code in self.names}
        self.ignored = [item for item in dict.fromkeys(given) if item.casefold() not in codes]
        known = (codes[item.casefold()] for item in given if item.casefold() in codes)
        self.chosen = list(dict.fromkeys(known))
        return self.chosen

    def known(self, given: list[str]) -> dict[str, str]:
        """Return at least those of `given` that exist, with their names."""
        raise NotImplementedError

    def moved(self, given: list[str]) -> dict[str, str]:
        """Return for those of `given` that were merged into another one, its code."""
        return {}


class CodesField(TolerantField, forms.MultipleChoiceField):
    """Codes of a closed list."""

    widget = forms.CheckboxSelectMultiple

    def known(self, given: list[str]) -> dict[str, str]:
        return {str(code): str(label) for code, label in self.choices}


class CountriesField(CodesField):
    """Countries and territories by ISO alpha-2, or alpha-3, which is changed into it."""

    def known(self, given: list[str]) -> dict[str, str]:
        codes = {code for item in given if (code := iso2_of(item))}
        return {country.iso2: country.name for country in Country.objects.filter(iso2__in=codes)} if codes else {}

    def moved(self, given: list[str]) -> dict[str, str]:
        return {item: code for item in given if (code := iso2_of(item))}


class CollectionsField(CodesField):
    """Codes of collections."""

    def known(self, given: list[str]) -> dict[str, str]:
        slugs = [slug for item in given if (slug := clean_line(item).lower())]
        return dict(Collection.objects.filter(slug__in=slugs).values_list("slug", "name"))


class OrganisationsField(TolerantField):
    """Numbers of organisations; of those that are proposed but not accepted nothing is told."""

    def known(self, given: list[str]) -> dict[str, str]:
        found = Organisation.objects.accepted().filter(pk__in=_numbers(given))
        return {str(pk): name for pk, name in found.values_list("pk", "name")}

    def moved(self, given: list[str]) -> dict[str, str]:
        merged = Organisation.objects.filter(pk__in=_numbers(given), merged_into__isnull=False)
        return {str(pk): str(kept) for pk, kept in merged.values_list("pk", "merged_into")}


def _numbers(given: list[str]) -> list[int]:
    return [int(item) for item in given if item.isascii() and item.isdigit() and len(item) < 16]


class TagsField(TolerantField):
    """Slugs of tags; of those that nothing public carries nothing is told."""

    def known(self, given: list[str]) -> dict[str, str]:
        slugs = [slug for item in given if (slug := clean_line(item))]
        public = Initiative.objects.public(archived=True).filter(pk=OuterRef("object_id"))
        carried = Initiative.tags.through.objects.filter(
            Exists(public),
            tag=OuterRef("pk"),
            content_type__app_label="initiatives",
            content_type__model="initiative",
        )
        return dict(Tag.objects.filter(Exists(carried), slug__in=slugs).values_list("slug", "name"))

    def moved(self, given: list[str]) -> dict[str, str]:
        slugs = {clean_line(item).lower(): item for item in given}
        found = TagAlias.objects.filter(slug__in=slugs).values_list("slug", "tag__slug")
        return {slugs[slug]: kept for slug, kept in found}


class PartialDateField(TolerantField):
    """A day, a month or a year: 2020-03-23, 2020-03, 2020."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 10, "size": 10, "autocomplete": "off"})

    def clean(self, value) -> PartialDate | None:
        self.ignored = []
        if not (value or "").strip():
            return None
        try:
            return PartialDate.parse(value)
        except ValidationError:
            self.ignored = [value]
            return None


class DayField(PartialDateField):
    """A day as 2020-03-23."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value) -> datetime.date | None:
        date = super().clean(value)
        if date and date.precision != Precision.DAY:
            self.ignored = [value]
            return None
        return date.first if date else None


class Light:
    """For filters: a set of them begins with a copy of each, and what it is made of need not be copied."""

    def __deepcopy__(self, memo: dict) -> Filter:
        other = copy.copy(self)
        if other.method:
            other.method = other.method  # which binds it to the copy
        return other


class CodesFilter(Light, MultipleChoiceFilter):
    """Those whose column holds one of the codes; or what `method` makes of them."""

    field_class = CodesField

    def __init__(self, **options) -> None:
        choices = options.get("choices")
        if choices is not None and not isinstance(choices, LoadedOnce):
            options["choices"] = Fixed(choices)
        super().__init__(**options)

    def filter(self, qs, value: list[str]):
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class DayFilter(Light, Filter):
    field_class = DayField


class PartialDateFilter(Light, Filter):
    field_class = PartialDateField


class CountryFilter(CodesFilter):
    field_class = CountriesField


class CollectionFilter(CodesFilter):
    field_class = CollectionsField


class OrganisationFilter(CodesFilter):
    field_class = OrganisationsField


class TagFilter(CodesFilter):
    field_class = TagsField


class WordsField(forms.CharField):
    """Words to look for: cleaned, and no more of them than anybody types."""

    widget = forms.TextInput(attrs={"type": "search", "maxlength": QUERY_MAX})

    def clean(self, value) -> str:
        words = clean_line(str(value or ""))
        self.ignored = [words[QUERY_MAX:]] if len(words) > QUERY_MAX else []
        return words[:QUERY_MAX].strip()


class WordsFilter(Light, CharFilter):
    field_class = WordsField
