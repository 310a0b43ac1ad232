"""One initiative with all that its page shows: read by one statement, where a query for each kind of row took longer.

Rows of other tables come as JSON and become rows of their models again, as if they had been read beforehand.
"""

import json
from functools import cache
from typing import Any

from django.db import connection, models
from taggit.models import Tag

from accounts.models import Organisation
from countries.models import Country
from initiatives.models import Collection, Initiative, InitiativeAttachment, InitiativeSource, InitiativeVersion, Link
from initiatives.versions import Rows

_ROW = """
    SELECT {columns}, json_build_object(
        'organisation', (SELECT to_json(one) FROM accounts_organisation one WHERE one.id = shown.organisation_id),
        'collection', (SELECT to_json(one) FROM initiatives_collection one WHERE one.id = shown.collection_id),
        'countries', ARRAY(SELECT to_json(one) FROM countries_country one
            JOIN initiatives_initiative_countries named ON named.country_id = one.iso2
            WHERE named.initiative_id = shown.id ORDER BY one.name_en),
        'sources', ARRAY(SELECT json_build_object('row', one, 'link', link) FROM initiatives_initiativesource one
            LEFT JOIN initiatives_link link ON link.id = one.link_id
            WHERE one.initiative_id = shown.id ORDER BY one.position, one.id),
        'attachments', ARRAY(SELECT to_json(one) FROM initiatives_initiativeattachment one
            WHERE one.initiative_id = shown.id ORDER BY one.position, one.id),
        'tags', ARRAY(SELECT to_json(one) FROM taggit_tag one JOIN taggit_taggeditem item ON item.tag_id = one.id
            JOIN django_content_type kind ON kind.id = item.content_type_id
                AND kind.app_label = 'initiatives' AND kind.model = 'initiative'
            WHERE item.object_id = shown.id ORDER BY item.id),
        'version', (SELECT to_json(one) FROM (SELECT {version} FROM initiatives_initiativeversion
            WHERE initiative_id = shown.id AND number = shown.version) one),
        'followers', ARRAY(SELECT id FROM initiatives_initiative
            WHERE follows_id = shown.id AND status IN ('published', 'archived') ORDER BY id))::text
    FROM initiatives_initiative shown WHERE shown.reference = %s
"""


def read(reference: str) -> Initiative | None:
    """Return the initiative with what stands in other tables, of whatever status; None where there is none. One query.

    Beside the fields of the model it has `newest_version` (without its content; None where none is kept), and
    `followers`, the numbers of the public ones that follow it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_sql(), [reference])
        row = cursor.fetchone()
    if row is None:
        return None
    *values, beside = row
    initiative = Initiative.from_db(connection.alias, [field.attname for field in _fields(Initiative)], values)
    return _with(initiative, json.loads(beside))


@cache
def _sql() -> str:
    columns = ", ".join(f"shown.{field.column}" for field in _fields(Initiative))
    version = ", ".join(field.column for field in _fields(InitiativeVersion) if field.name != "content")
    return _ROW.format(columns=columns, version=version)


@cache
def _fields(model: type[models.Model]) -> list[models.Field]:
    return list(model._meta.concrete_fields)


def _with(initiative: Initiative, beside: dict[str, Any]) -> Initiative:
    initiative.organisation = _made(Organisation, beside["organisation"])
    initiative.collection = _made(Collection, beside["collection"])
    initiative.newest_version = _made(InitiativeVersion, beside["version"])
    initiative.followers = beside["followers"]
    initiative._prefetched_objects_cache = {
        "countries": _every(Country, beside["countries"]),
        "sources": Rows(map(_source, beside["sources"])),
        "attachments": _every(InitiativeAttachment, beside["attachments"]),
        "tags": _every(Tag, beside["tags"]),
    }
    for file in initiative.attachments.all():
        file.initiative = initiative
    return initiative


def _source(pair: dict[str, Any]) -> InitiativeSource:
    source = _made(InitiativeSource, pair["row"])
    source.link = _made(Link, pair["link"])
    return source


def _every(model: type[models.Model], rows: list[dict[str, Any]]) -> Rows:
    return Rows(_made(model, row) for row in rows)


def _made(model: type[models.Model], row: dict[str, Any] | None) -> Any:
    """Return the row of the model; what was not read is deferred."""
    if row is None:
        return None
    read = [field for field in _fields(model) if field.column in row]
    values = [field.to_python(row[field.column]) for field in read]
    return model.from_db(connection.alias, [field.attname for field in read], values)
