"""Parts of the OpenAPI document that every address shares; and words to write shapes (JSON Schema) with."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from common.api.problems import DOCS, KINDS

STRING, INTEGER, BOOLEAN = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
COUNT = {"type": "integer", "minimum": 0}
ADDRESS = {"type": "string", "format": "uri"}
DAY = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "format": "date-time"}
COUNTS = {"type": "object", "additionalProperties": COUNT}


def said(shape: Mapping[str, Any], words: Any) -> dict[str, Any]:
    """Return the shape with what it means."""
    return {**shape, "description": str(words)}


def perhaps(shape: Mapping[str, Any]) -> dict[str, Any]:
    """Return the shape of something that may be missing: null."""
    if "enum" in shape:
        return {**shape, "type": [shape["type"], "null"], "enum": [*shape["enum"], None]}
    return {**shape, "type": [shape["type"], "null"]}


def one_of(codes: Iterable[Any]) -> dict[str, Any]:
    """Return the shape of a code of a closed list."""
    codes = list(codes)
    return {"type": "integer" if isinstance(codes[0], int) else "string", "enum": codes}


def list_of(shape: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(shape)}


def thing(properties: Mapping[str, Any], *, optional: Iterable[str] = (), words: Any = "") -> dict[str, Any]:
    """Return the shape of an object that has these members, all of them but the optional ones, and no others."""
    shape = {
        "type": "object",
        "properties": {name: dict(shape) for name, shape in properties.items()},
        "required": [name for name in properties if name not in set(optional)],
        "additionalProperties": False,
    }
    return said(shape, words) if words else shape


def part(name: str) -> dict[str, str]:
    """Return where a shape of the document stands."""
    return {"$ref": f"#/components/schemas/{name}"}


def page_of(name: str, more: Mapping[str, Any] | None = None, optional: Iterable[str] = ()) -> dict[str, Any]:
    """Return the shape of a list, page by page."""
    said_first = {
        "count": said(COUNT, _("How many there are on all pages.")),
        "next": said(perhaps(ADDRESS), _("Address of the next page.")),
        "previous": said(perhaps(ADDRESS), _("Address of the previous page.")),
    }
    return thing({**said_first, **(more or {}), "items": list_of(part(name))}, optional=optional)


def problem() -> dict[str, Any]:
    fault = thing({"parameter": STRING, "detail": STRING, "value": STRING}, optional=["value"])
    return thing(
        {
            "type": said({**ADDRESS, "enum": [kind.url for kind in KINDS.values()]}, _("Where its kind is explained.")),
            "title": STRING,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": said(STRING, _("What happened here.")),
            "instance": said(STRING, _("The address that was asked for.")),
            "errors": said(list_of(fault), _("What is wrong with each parameter.")),
        },
        optional=["errors"],
        words=_("What went wrong (RFC 9457). Its kinds are explained at %(docs)s.") % {"docs": DOCS},
    )


def header_parts() -> dict[str, Any]:
    """Return the headers that answers bear, by name."""
    texts = {
        "ETag": _(
            "Names this state of the answer. Send it back as If-None-Match: 304 costs nothing of your limit, except "
            "for searches (q), /collections/, /schema/ and /api/v1/ itself, which are made before they are compared."
        ),
        "Last-Modified": _("When something public changed last, where that is known to the second."),
        "Cache-Control": _(
            "For how long shared caches may keep the answer: 60 seconds. Others ask again with its ETag."
        ),
        "Link": _("Where the next and the previous page are (RFC 8288)."),
        "RateLimit-Policy": _("How many requests there are for each address, and in how many seconds."),
        "RateLimit": _(
            "How many requests are left, and after how many seconds there are all of them again. On errors, and on "
            "answers to whoever has a quarter or less left; those no shared cache may keep."
        ),
        "Retry-After": _("After how many seconds to ask again."),
    }
    return {name: {"description": text, "schema": STRING} for name, text in texts.items()}
