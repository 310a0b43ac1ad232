"""Items of lists: what one shows, read in one query, and its HTML, made in one go.

Twenty stand on a page, and as rows of the model and a template they were two thirds of what it cost.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from django.db import connection
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import StakeholderType
from common.filling import fill
from common.templatetags.portal import beginning
from countries.models import Country
from initiatives.addresses import has_page, initiative_url, organisation_page_url, theme_url
from initiatives.models import Initiative
from initiatives.models.content import ContentWords
from initiatives.templatetags import initiatives as words
from initiatives.vocabulary import SHORT_LABELS, InitiativeStatus, Mark, MeasureStatus, Theme

_NAMES = {field.name.removeprefix("name_"): field.name for field in Country._meta.fields if "name_" in field.name}
_ROWS = """
    SELECT shown.id, reference, slug, title, summary, language, scope, region, theme, shown.stakeholder_type, mark,
        status, starts_on, starts_precision, end_kind, ends_on, ends_precision, declared_status, declared_on,
        confirmed_on, owner.id, owner.name, owner.verified_at IS NOT NULL,
        owner.accepted_at IS NOT NULL AND owner.merged_into_id IS NULL,
        ARRAY(SELECT coalesce(nullif({name}, ''), name_en) FROM countries_country
            JOIN initiatives_initiative_countries named ON named.country_id = iso2
            WHERE named.initiative_id = shown.id ORDER BY name_en)
    FROM initiatives_initiative shown JOIN accounts_organisation owner ON owner.id = shown.organisation_id
    WHERE shown.id = ANY(%s) AND status IN ('published', 'archived')
"""


@dataclass(frozen=True, slots=True)
class Item(ContentWords):
    """What an item shows of a public initiative, by the names of the model."""

    pk: int
    reference: str
    slug: str
    title: str
    summary: str
    language: str
    scope: str
    region: str
    theme: str
    stakeholder_type: str
    mark: str
    status: str
    starts_on: datetime.date | None
    starts_precision: str
    end_kind: str
    ends_on: datetime.date | None
    ends_precision: str
    declared_status: str
    declared_on: datetime.date | None
    confirmed_on: datetime.date | None
    organisation_id: int
    organisation_name: str
    organisation_is_verified: bool
    organisation_has_page: bool
    country_names: list[str]  # in the reader's language

    @classmethod
    def of(cls, row: Initiative) -> "Item":
        """Return the item of a row that was read otherwise."""
        owner = row.organisation
        same = {name: getattr(row, name) for name in _COPIED}
        return cls(
            **same,
            organisation_id=owner.pk,
            organisation_name=owner.name,
            organisation_is_verified=owner.is_verified,
            organisation_has_page=has_page(owner),
            country_names=[country.name for country in row.countries.all()],
        )

    @property
    def is_archived(self) -> bool:
        return self.status == InitiativeStatus.ARCHIVED

    def get_absolute_url(self) -> str:
        return initiative_url(self.reference, self.slug)

    @property
    def places(self) -> str:
        return words.place_words(self, self.country_names)

    @property
    def theme_name(self) -> str:
        return str(Theme(self.theme).label)


_COPIED = [field.name for field in fields(Item) if not field.name.startswith(("organisation_", "country_"))]


def read(numbers: Iterable[int]) -> list[Item]:
    """Return the items of the initiatives with these numbers, in this order, as far as they are public. One query."""
    numbers = list(numbers)
    name = _NAMES.get((get_language() or "en").split("-")[0], "name_en")
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(name=name), [numbers])
        found = {row[0]: Item(*row) for row in cursor}
    return [found[number] for number in numbers if number in found]


# As HTML

_ITEM = """<article class="item">
<h3 class="item-title"><a href="{}" data-reference="{}" lang="{}" dir="{}">{}</a></h3>
<p class="item-meta item-meta--line"><b>{}</b> ·
{}{} ·
<span>{}</span> · {}</p>
<p class="item-summary" lang="{}" dir="{}">{}</p>
</article>"""
_KIND = '{} <span class="badge">{}</span> ·\n<a href="{}">{}</a>'
_STANDING = '<span class="mark {}">{}</span> · <span class="mark {}">{}</span>{}'


def item_html(item: Item, marked: Mapping[str, SafeString] | None = None) -> SafeString:
    """Return the item; `marked` has title and excerpt in which what was looked for is marked."""
    marked = marked or {}
    reader, language, direction = get_language(), item.language_code, item.direction
    return fill(
        _ITEM,
        item.get_absolute_url(),
        item.reference,
        language,
        direction,
        marked.get("title") or item.title,
        item.places,
        _owner(item.organisation_id, item.organisation_name, item.organisation_has_page, reader),
        _kind(item.organisation_is_verified, item.stakeholder_type, item.theme, reader),
        words.dates(item),
        _standing(item.measure_status, item.mark, item.is_archived, reader),
        language,
        direction,
        marked.get("excerpt") or beginning(item.summary),
    )


# Few say other things than others, so these parts are kept. `reader` is the language in which they are.


@lru_cache(maxsize=5_000)
def _owner(number: int, name: str, has_page: bool, reader: str | None) -> SafeString:
    if has_page:
        url = organisation_page_url(number, name)
        return fill('<a class="item-owner" href="{}"><bdi>{}</bdi></a>', url, name)
    return fill('<bdi class="item-owner">{}</bdi>', name)


@lru_cache(maxsize=5_000)
def _kind(is_verified: bool, stakeholder: str, theme: str, reader: str | None) -> SafeString:
    verified = fill(' <span class="verified">{}</span>', _("verified")) if is_verified else ""
    short = str(SHORT_LABELS[theme])
    return fill(_KIND, verified, StakeholderType(stakeholder).label, theme_url(theme), short)


@lru_cache(maxsize=5_000)
def _standing(status: MeasureStatus, mark: str, is_archived: bool, reader: str | None) -> SafeString:
    archived = fill(' · <span class="badge">{}</span>', _("archived")) if is_archived else ""
    shapes = words.status_shape(status), words.mark_shape(mark)
    return fill(_STANDING, shapes[0], words.brief(status), shapes[1], Mark(mark).label, archived)
