"""The schema for machines: a data package of Frictionless Data with a table schema, and a table of the columns."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from initiatives.columns import DATE, INTEGER, LIST, NUMBERS, PARTIAL, TABLE, VERSION, Column
from initiatives.exports.about import LICENCE, attribution
from initiatives.schema import SEPARATOR

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_PARTIAL = r"\d{4}(-\d{2}(-\d{2})?)?"
_TYPES = {DATE: "date", INTEGER: "integer", LIST: "list", NUMBERS: "list"}
COUNTRY_COLUMNS = {  # of countries.csv, as the rows call them
    "iso2": "string",
    "iso3": "string",
    "m49": "string",
    **dict.fromkeys((f"name_{language}" for language in ("en", "fr", "es", "ar", "zh", "ru")), "string"),
    "region": "string",
    **dict.fromkeys(("itu_member", "ldc", "lldc", "sids"), "boolean"),
    "latitude": "number",
    "longitude": "number",
}


def field_of(column: Column) -> dict[str, Any]:
    """Return a column as a field of a table schema."""
    field: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.kind, "string")}
    field["description"] = f"{column.meaning} {_('Form:')} {column.form}"
    if column.is_list:
        field |= {"delimiter": SEPARATOR, "itemType": "integer" if column.kind == NUMBERS else "string"}
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.form == PARTIAL:
        constraints["pattern"] = _PARTIAL
    if column.codes:
        field["categories"] = [{"value": code, "label": str(label)} for code, label in column.codes]
        if not column.is_list:
            constraints["enum"] = [code for code, _label in column.codes]
    return field | ({"constraints": constraints} if constraints else {})


def table_schema() -> dict[str, Any]:
    return {"fields": [field_of(column) for column in TABLE], "primaryKey": ["reference"], "missingValues": [""]}


def country_schema() -> dict[str, Any]:
    fields = [{"name": name, "type": kind} for name, kind in COUNTRY_COLUMNS.items()]
    return {"fields": fields, "primaryKey": ["iso2"], "missingValues": [""]}


def resource(name: str, path: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a table of a package; `path` is a whole address or a file beside the package."""
    dialect = {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True}
    said = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "dialect": dialect}
    return {"name": name, "path": path, **said, **more, "schema": schema}


def package(resources: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "$schema": PROFILE,
        "name": "initiatives",
        "title": _("Initiatives of %(site)s") % {"site": settings.SITE_NAME},
        "description": _("What countries did to keep networks up and people connected in a crisis."),
        "homepage": settings.SITE_URL,
        "version": str(VERSION),
        "licenses": [LICENCE],
        "contributors": [{"title": attribution(), "roles": ["author"]}],
        **more,
        "resources": resources,
    }


def dictionary_rows() -> Iterator[list[Any]]:
    """Yield the columns as a table, headings first, with a line for each code of a closed list."""
    yield ["column", "type", "form", "required", "meaning", "code", "label", "since_version"]
    for column in TABLE:
        said = [column.name, column.kind, str(column.form), str(column.required).lower(), str(column.meaning)]
        yield [*said, "", "", column.since]
        for code, label in column.codes:
            yield [column.name, "", "", "", "", str(code), str(label), column.since]
