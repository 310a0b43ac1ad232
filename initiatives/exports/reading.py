"""Rows of the schema in any number: the numbers of the initiatives first, then their content, some at a time.

No snapshot is held while a slow reader takes what was found: what is published meanwhile is not in it, what is moved in
the order is in it once, and each row is of one moment, for it is read by one statement. What is removed meanwhile must
not go out any more; then whoever promised a number of rows cannot keep it (`Changed`).
"""

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, OuterRef, TextField

from initiatives.models import Initiative, InitiativeSource
from initiatives.models.content import Content
from initiatives.querysets import InitiativeQuerySet
from initiatives.schema import Related, public_row

CHUNK = 1_000  # initiatives that are in memory at once
IDS = 10_000  # numbers that are fetched at once

_FIELDS = [field.attname for field in Content._meta.local_fields]
_FIELDS += ["id", "reference", "version", "mark", "published_on", "confirmed_on"]
_JOINED = {
    "in_collection": F("collection__slug"),
    "by_name": F("organisation__name"),
    "by_country": F("organisation__country_id"),
    "follows_reference": F("follows__reference"),
}


class Changed(Exception):
    """What was to be taken away is not public any more: the file would not be what was promised."""


def ids_of(found: InitiativeQuerySet) -> array:
    """Return the numbers of the initiatives found, in their order: eight bytes each. One query."""
    return array("q", found.values_list("pk", flat=True).iterator(chunk_size=IDS))


def rows_of(ids: Sequence[int], *, strict: bool = True) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of the initiatives `ids` in that order, in lists of up to CHUNK. One query for each list.

    Raises Changed where one of them is not public any more; without `strict` it is left out.
    """
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        found = {record.id: record for record in _records(chunk)}
        if strict and len(found) != len(chunk):
            raise Changed(f"{len(chunk) - len(found)} removed meanwhile")
        yield [_row(found[number]) for number in chunk if number in found]


def records_of(ids: Sequence[int], **more: F) -> dict[int, tuple[dict[str, Any], Any]]:
    """Return each row that is public still, with its record, which has what `more` names besides. One query."""
    return {record.id: (_row(record), record) for record in _records(ids, **more)}


def _records(ids: Sequence[int], **more: F):
    public = Initiative.objects.public(archived=True).filter(pk__in=list(ids)).order_by()
    joined = {**_JOINED, **more, **_gathered()}
    return public.annotate(**joined).values_list(*_FIELDS, *joined, named=True)


def _gathered() -> dict[str, ArraySubquery]:
    """What other tables say of an initiative, as arrays, so that one statement reads all of it."""
    kind = ContentType.objects.get_for_model(Initiative)
    named = Initiative.countries.through.objects.filter(initiative_id=OuterRef("pk"))
    tagged = Initiative.tags.through.objects.filter(content_type=kind, object_id=OuterRef("pk"))
    sources = InitiativeSource.objects.filter(initiative_id=OuterRef("pk")).order_by("position", "pk")
    texts = ("url", "title", "issuing_body", "kind")
    parts = Func(*texts, template="ARRAY[%(expressions)s]", output_field=ArrayField(TextField()))
    return {
        "named": ArraySubquery(named.values("country_id")),
        "tagged": ArraySubquery(tagged.values("tag__name")),
        "cited": ArraySubquery(sources.values(parts=parts)),
    }


def _row(record: Any) -> dict[str, Any]:
    related = Related(
        collection=record.in_collection,
        organisation=record.by_name,
        organisation_country=record.by_country or "",
        follows=record.follows_reference or "",
        countries=record.named,
        tags=record.tagged,
        sources=record.cited,
    )
    return public_row(record, related)
