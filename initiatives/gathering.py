"""What the pages that gather show of the initiatives of a theme, pillar, collection, organisation or tag.

They choose and count with the list's own filters, so that page, list, map, feed and downloads agree.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import Organisation, StakeholderType
from countries.models import Region
from initiatives.addresses import organisation_url, tag_url, theme_url
from initiatives.filters import InitiativeFilter
from initiatives.finding import Choice
from initiatives.finding.walking import numbers_at
from initiatives.models import Initiative, TagAlias
from initiatives.querysets import InitiativeQuerySet
from initiatives.vocabulary import MEASURE_LABELS, MEASURE_TYPES, Theme

NEWEST, ORGANISATIONS = 10, 10  # shown


@dataclass(frozen=True)
class Line:
    """A line of a table of counts: `share` is of the largest, 0 to 1."""

    label: Any
    number: int
    url: str
    share: str


@dataclass(frozen=True)
class Gathering:
    """The public initiatives with a value of a filter: `Gathering("theme", "spectrum")`."""

    name: str
    value: str

    def filter_with(self, **more: str) -> InitiativeFilter:
        asked = QueryDict(mutable=True)
        asked.update({self.name: self.value, **more})
        return InitiativeFilter(asked)

    @cached_property
    def filter(self) -> InitiativeFilter:
        return self.filter_with()

    @property
    def query(self) -> str:
        """The query string by which list, map, feed and downloads show the same."""
        return self.filter.canonical_query()

    @property
    def total(self) -> int:
        return self.filter.found.total

    @cached_property
    def newest(self) -> list[Initiative]:
        return newest_of(self.filter.found, 0, NEWEST)

    def list_url(self, **more: str) -> str:
        """The list with the same filter, and with `more`."""
        return reverse("initiatives:list", query={self.name: self.value, **more})

    @property
    def archived_url(self) -> str:
        return self.list_url(archived="1")

    @property
    def has_archived(self) -> bool:
        """Whether there is something that was kept for the record."""
        return self.filter_with(archived="1").found.total > self.total

    @property
    def themes(self) -> list[Line]:
        return self._lines("theme", Theme.choices, theme_url)

    @property
    def measures(self) -> list[Line]:
        """The measure types of a theme."""
        choices = [(code, MEASURE_LABELS[code]) for code in MEASURE_TYPES[Theme(self.value)]]
        return self._lines("measure", choices, lambda code: self.list_url(measure=code))

    @property
    def regions(self) -> list[Line]:
        return self._lines("region", Region.choices, lambda code: self.list_url(region=code))

    @property
    def stakeholders(self) -> list[Line]:
        return self._lines("stakeholder", StakeholderType.choices, lambda code: self.list_url(stakeholder=code))

    def organisations(self) -> list[tuple[Organisation, str, int]]:
        """Those with most, their pages and their numbers. One query."""
        counts = self.filter.found.counts("organisation")
        most = sorted(counts, key=lambda pk: (-counts[pk], int(pk)))[:ORGANISATIONS]
        rows = Organisation.objects.in_bulk(map(int, most))
        return [(rows[int(pk)], organisation_url(rows[int(pk)]), counts[pk]) for pk in most if int(pk) in rows]

    def _lines(self, name: str, choices: Iterable[tuple[str, Any]], url: Callable[[str], str]) -> list[Line]:
        """The codes of a filter that have any, most first, equal ones in the order of the vocabulary."""
        counts: Mapping[str, int] = self.filter.found.counts(name)
        rows = [(label, counts[code], url(code)) for code, label in choices if counts.get(code)]
        rows.sort(key=lambda row: -row[1])
        return [Line(*row, f"{row[1] / rows[0][1]:.3f}") for row in rows]


def newest_of(choice: Choice, first: int, count: int) -> list[Initiative]:
    """Return some of what is chosen, the newest first, from `first` on. Two queries, however far on."""
    found = numbers_at(choice.index, choice.ids, "newest", first, count)
    rows = {row.pk: row for row in rows_of(found)}
    return [rows[number] for number in found if number in rows]


def rows_of(numbers: Iterable[int]) -> InitiativeQuerySet:
    """Return the rows, as far as they are public: what was removed a moment ago may still be in the index."""
    return Initiative.objects.public(archived=True).filter(pk__in=list(numbers)).for_list()


def counts_of(name: str) -> dict[str, int]:
    """Return how many published initiatives there are for each code of a filter that has any."""
    return InitiativeFilter(QueryDict()).found.counts(name)


@dataclass(frozen=True)
class KnownTag:
    """A tag that something public carries."""

    slug: str
    name: str
    number: int

    @property
    def url(self) -> str:
        return tag_url(self.slug)


def known_tags(words: str = "") -> list[KnownTag]:
    """Return the tags of what is published whose names hold every word, by name."""
    choice, wanted = InitiativeFilter(QueryDict()).found, words.casefold().split()
    labels, counts = choice.index.labels, choice.counts("tag")
    found = [KnownTag(slug, labels["tag", slug], number) for slug, number in counts.items() if slug]
    found = [tag for tag in found if all(word in tag.name.casefold() for word in wanted)]
    return sorted(found, key=lambda tag: (tag.name.casefold(), tag.slug))


def known_tag(slug: str) -> KnownTag | None:
    """Return the tag, or the one that it was merged into; None where nobody may see what carries it."""
    return _known_tag(slug) or _known_tag(
        TagAlias.objects.filter(slug=slug).values_list("tag__slug", flat=True).first() or ""
    )


def _known_tag(slug: str) -> KnownTag | None:
    choice = InitiativeFilter(QueryDict("archived=1")).found
    if not slug or not choice.index.of("tag", slug) & choice.ids:
        return None
    return KnownTag(slug, choice.index.labels["tag", slug], 0)
