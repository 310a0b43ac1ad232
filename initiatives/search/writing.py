"""The texts that search compares: made of an initiative and of what it is filed under, by one statement for many."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import override

from countries.models import Country, Region
from countries.other_names import OTHER_NAMES
from initiatives.models import Initiative, SearchText
from initiatives.search import normal
from initiatives.search.lexemes import CONFIGURATIONS, OTHER
from initiatives.vocabulary import MEASURE_LABELS, Theme

NAMES = tuple(field.name for field in Country._meta.fields if field.name.startswith("name_"))

FORM = 2  # of the texts: to be raised with any change of what is written; then all are written anew (`following`)

_WRITE = """
    INSERT INTO initiatives_searchtext (initiative_id, published_on, stale, vector)
    SELECT id, published_on, false, setweight(to_tsvector(name, title), 'A')
        || setweight(to_tsvector(name, filed), 'B') || setweight(to_tsvector(name, body), 'D')
    FROM unnest(%s::bigint[], %s::date[], %s::regconfig[], %s::text[], %s::text[], %s::text[])
        AS row (id, published_on, name, title, filed, body)
    ON CONFLICT (initiative_id) DO UPDATE
        SET vector = excluded.vector, published_on = excluded.published_on, stale = false
"""


@dataclass(frozen=True)
class Text:
    """What can be found of an initiative, as people wrote it."""

    pk: int
    published_on: datetime.date
    configuration: str
    title: str
    filed: str  # its summary, and the names of all that it belongs to, as `normal.PARTS`
    body: str  # as parts too

    @property
    def row(self) -> tuple:
        texts = (normal.words(text) for text in (self.title, self.filed, self.body))
        return self.pk, self.published_on, self.configuration, *texts


def write(ids: Iterable[int]) -> int:
    """Write the texts of the initiatives anew, and take away those of removed ones; return how many were written.

    A query and a statement, in the transaction of the caller; one more where something is taken away.
    """
    ids = list(ids)
    rows = [text.row for text in texts(Initiative.objects.filter(pk__in=ids).public(archived=True).order_by("pk"))]
    if len(rows) < len(ids):
        SearchText.objects.filter(pk__in=set(ids) - {row[0] for row in rows}).delete()
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])
    return len(rows)


def texts(found: QuerySet) -> Iterator[Text]:
    """Yield the texts of the initiatives. One query."""
    return (_text(*values) for values in _read(found))


def _read(found: QuerySet):
    countries = Country.objects.filter(initiatives=OuterRef("pk")).order_by("iso2")
    every_name = [part for name in NAMES for part in (Value(normal.PARTS), F(name))]
    tags = Initiative.tags.through.tag_model().objects.filter(
        taggit_taggeditem_items__content_type__app_label="initiatives",
        taggit_taggeditem_items__content_type__model="initiative",
        taggit_taggeditem_items__object_id=OuterRef("pk"),
    )
    return found.values_list(
        *("pk", "published_on", "language", "reference", "title", "summary", "region"),
        *("theme", "further_themes", "measure_types", "partners"),
        *("collection__name", "organisation__name", "organisation__short_name"),
        ArraySubquery(countries.values(every=Concat("iso2", *every_name))),
        ArraySubquery(tags.order_by("pk").values("name")),
        *("description", "results", "challenges", "lessons"),
    )


def _text(pk, published_on, language, reference, title, summary, region, theme, further, measures, partners, *rest):
    collection, organisation, short_name, countries, tags, *body = rest
    labels = [label for code in (theme, *further, *measures, region) for label in _labels(code)]
    named = [name for names in countries for name in _names(names)]
    filed = [summary, organisation, short_name, *named, *tags, *labels, *partners, collection, reference]
    configuration = CONFIGURATIONS.get(language, OTHER)
    return Text(pk, published_on, configuration, title, normal.PARTS.join(filed), normal.PARTS.join(body))


def _names(every: str) -> list[str]:
    """Return what a country is found by, of its code and its names: other names too, and the word of its code."""
    code, *names = every.split(normal.PARTS)
    return [*names, *OTHER_NAMES.get(code, ()), normal.country_word(code)]


@cache
def _labels(code: str) -> tuple[str, ...]:
    """What a code of the vocabulary is called, in every language of the portal that says it otherwise."""
    if not code:
        return ()
    label = MEASURE_LABELS.get(code) or (Region(code) if code in Region.values else Theme(code)).label
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.append(str(label))
    return tuple(dict.fromkeys(found))
