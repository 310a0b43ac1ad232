"""Shapes of what the API says of initiatives, made from the columns of the schema."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import StakeholderType
from common.api.shapes import (
    ADDRESS,
    BOOLEAN,
    COUNT,
    COUNTS,
    DAY,
    INTEGER,
    MOMENT,
    STRING,
    list_of,
    one_of,
    page_of,
    perhaps,
    said,
    thing,
)
from initiatives.columns import DATE, NUMBERS, TABLE, VERSION, Column
from initiatives.columns import INTEGER as NUMBER
from initiatives.finding.choice import FACETS
from initiatives.vocabulary import MEASURE_LABELS, Mark, Pillar, SourceKind, Theme


def column(column: Column) -> dict[str, Any]:
    """Return the shape of a column's value, as JSON has it: null where nothing is known, lists as they are."""
    words = f"{column.meaning} {_('Form:')} {column.form}."
    if column.is_list:
        item = one_of(code for code, _label in column.codes) if column.codes else STRING
        return said(list_of(INTEGER if column.kind == NUMBERS and not column.codes else item), words)
    shape = {DATE: DAY, NUMBER: INTEGER}.get(column.kind, STRING)
    if column.codes:
        shape = one_of(str(code) for code, _label in column.codes)
    return said(shape if column.required else perhaps(shape), words)


def record() -> dict[str, Any]:
    """Return the members of a record: the columns, sources in one list, and what the API says beside them."""
    source = thing(
        {
            "url": said(STRING, _("Where the measure can be read about.")),
            "title": perhaps(STRING),
            "body": said(perhaps(STRING), _("Who issued the source.")),
            "kind": perhaps(one_of(SourceKind.values)),
        }
    )
    return {
        **{one.name: column(one) for one in TABLE if not one.name.startswith("source")},
        "sources": said(list_of(source), _("Where it can be checked: one to five.")),
        "url": said(ADDRESS, _("Its page, for people.")),
        "api_url": said(ADDRESS, _("Its address here.")),
        "mark_label": said(STRING, _("The trust mark in words.")),
        "archived": said(BOOLEAN, _("Whether it is kept for the record only.")),
        "organisation_id": said(perhaps(INTEGER), _("Number of the organisation; null: it has no page.")),
        "organisation_verified": said(BOOLEAN, _("Whether the organisation is who it says.")),
    }


def in_full() -> dict[str, Any]:
    file = {
        "name": STRING,
        "title": STRING,
        "kind": STRING,
        "size": said(COUNT, _("Bytes.")),
        "sha256": STRING,
        "url": said(perhaps(ADDRESS), _("Where to fetch it; null with an earlier version.")),
    }
    version = {
        "number": INTEGER,
        "published_at": MOMENT,
        "edited_by_secretariat": BOOLEAN,
        "url": ADDRESS,
        "api_url": ADDRESS,
    }
    return {
        **record(),
        "current": said(BOOLEAN, _("Whether it is the current version.")),
        "attachments": list_of(thing(file)),
        "versions": said(list_of(thing(version)), _("The first one first.")),
    }


def head() -> dict[str, Any]:
    facets = {"type": "object", "propertyNames": {"enum": list(FACETS)}, "additionalProperties": COUNTS}
    return {
        "schema_version": {"type": "integer", "const": VERSION},
        "licence": ADDRESS,
        "attribution": said(STRING, _("Whom to name when you use it.")),
        "facets": said(facets, _("How many each code would find, for the facets that were asked for.")),
    }


def organisation() -> dict[str, Any]:
    return {
        "id": INTEGER,
        "name": STRING,
        "short_name": perhaps(STRING),
        "type": one_of(StakeholderType.values),
        "type_label": STRING,
        "country": said(perhaps(STRING), _("ISO 3166-1 alpha-2; null for international ones.")),
        "verified": said(BOOLEAN, _("Whether it is who it says.")),
        "website": perhaps(STRING),
        "initiatives": COUNT,
        "url": ADDRESS,
        "api_url": ADDRESS,
        "initiatives_url": ADDRESS,
    }


def coded(codes: Any, **more: Any) -> dict[str, Any]:
    counted = {"initiatives": COUNT, "initiatives_url": ADDRESS}
    return thing({"code": one_of(codes), "label": STRING, **more, **counted})


def components() -> dict[str, Any]:
    """Return the shapes by the name under which the document has them."""
    collection = {
        "code": STRING,
        "name": STRING,
        "description": perhaps(STRING),
        "opens_on": DAY,
        "closes_on": perhaps(DAY),
        "open": said(BOOLEAN, _("Whether it takes submissions today.")),
        "initiatives": COUNT,
        "url": ADDRESS,
        "initiatives_url": ADDRESS,
    }
    measures = list_of(coded(list(MEASURE_LABELS)))
    words = {"description": STRING, "url": ADDRESS}
    return {
        "Initiative": thing(record()),
        "InitiativeInFull": thing(in_full()),
        "InitiativePage": page_of("Initiative", head(), optional=["facets"]),
        "Organisation": thing(organisation()),
        "OrganisationPage": page_of("Organisation"),
        "Collection": thing(collection),
        "CollectionPage": page_of("Collection"),
        "Theme": coded(Theme.values, **words, pillar=one_of(Pillar.values), measure_types=measures),
        "ThemePage": page_of("Theme"),
        "Pillar": coded(Pillar.values, **words, themes=list_of(one_of(Theme.values))),
        "PillarPage": page_of("Pillar"),
        "Mark": one_of(Mark.values),
    }
