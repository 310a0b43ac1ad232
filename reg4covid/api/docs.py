"""The page of the API for people, drawn from its description; and one on which to try it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.views.generic import TemplateView

from common.api.headers import METHODS
from common.api.parameters import LIMIT, LIMIT_MAX
from common.api.problems import KINDS
from common.caching import SHARED_FOR
from initiatives import columns
from initiatives.api.parameters import FILTERS
from reg4covid.api.document import document
from reg4covid.api.root import VERSION

FILTER_NAMES = {parameter.name for parameter in FILTERS}
MANY_CODES = 12  # from which on they are folded away
# What the example of an address asks for.
ASKED = {
    "listInitiatives": {"country": "KE", "theme": "spectrum", "limit": 10},
    "getStatistics": {"region": "AFR"},
    "listCountries": {"region": "AFR"},
    "listOrganisations": {"type": "regulator"},
}


@dataclass(frozen=True)
class Field:
    """A parameter, or a member of an answer: how it is written, what it means, its codes."""

    name: str
    kind: str
    words: str
    codes: list[Any]
    many: bool
    required: bool = False

    @property
    def folded(self) -> bool:
        return len(self.codes) > MANY_CODES


@dataclass(frozen=True)
class Operation:
    """An address: what it is, its parameters (without the filters, which stand in one place), and an example."""

    id: str
    path: str
    summary: str
    words: str
    parameters: list[Field]
    has_filters: bool
    answer: str
    example: str


def operations() -> Iterator[tuple[str, Operation]]:
    """Yield the addresses with the name of the group under which each stands."""
    for path, methods in document()["paths"].items():
        said = methods["get"]
        parameters = said.get("parameters", [])
        has_filters = sum(one["name"] in FILTER_NAMES for one in parameters) > len(FILTER_NAMES) / 2
        shape = next(iter(said["responses"]["200"]["content"].values()))["schema"]
        yield (
            said["tags"][0],
            Operation(
                said["operationId"],
                path,
                said["summary"],
                said["description"],
                [_parameter(one) for one in parameters if not has_filters or one["name"] not in FILTER_NAMES],
                has_filters,
                shape.get("$ref", "").rpartition("/")[2],
                _example(said["operationId"], path, parameters),
            ),
        )


def _example(name: str, path: str, parameters: list[Mapping[str, Any]]) -> str:
    """Return a whole address that asks for something."""
    for one in parameters:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(one["example"]))
    query = urlencode(ASKED.get(name, {}))
    return f"{settings.SITE_URL}{path}{'?' if query else ''}{query}"


def _parameter(said: Mapping[str, Any]) -> Field:
    return _field(said["name"], said["schema"], said["description"], required=said["required"])


def _field(name: str, shape: Mapping[str, Any], words: str, *, required: bool = False) -> Field:
    many = shape.get("type") == "array"
    item = shape["items"] if many else shape
    kind = item.get("$ref", "").rpartition("/")[2] or _kind(item)
    codes = [code for code in item.get("enum", ()) if code is not None]
    return Field(name, kind, words, codes, many, required)


def _kind(shape: Mapping[str, Any]) -> str:
    kinds = shape.get("type", "")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return " | ".join(shape.get("format", kind) if kind == "string" else str(kind) for kind in kinds)


def filters() -> list[Field]:
    return [_parameter(parameter.described()) for parameter in FILTERS]


def shapes() -> Iterator[tuple[str, list[Field]]]:
    """Yield the shapes of answers by name, each with its members; those of pages say the same every time."""
    for name, shape in document()["components"]["schemas"].items():
        if "properties" in shape and not name.endswith("Page"):
            yield name, [_field(one, part, part.get("description", "")) for one, part in shape["properties"].items()]


@cache
def _drawn() -> dict[str, Any]:
    """Return what the page shows of the description: the same for as long as the process lives."""
    groups: dict[str, list[Operation]] = {}
    for group, operation in operations():
        groups.setdefault(group, []).append(operation)
    return {"groups": groups.items(), "filters": filters(), "shapes": list(shapes())}


def example_of_problem() -> str:
    said = {
        "type": KINDS["bad-request"].url,
        "title": str(KINDS["bad-request"].title),
        "status": 400,
        "detail": str(KINDS["bad-request"].meaning),
        "instance": "/api/v1/initiatives/?country=ZZ",
        "errors": [{"parameter": "country", "detail": "It is not known.", "value": "ZZ"}],
    }
    return json.dumps(said, indent=2, ensure_ascii=False)


class DocsView(TemplateView):
    template_name = "reg4covid/api/docs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **_drawn(),
            root=settings.SITE_URL + reverse("api:root"),
            list_url=settings.SITE_URL + reverse("api:initiatives"),
            problems=sorted(KINDS.values(), key=lambda kind: kind.status),
            problem=example_of_problem(),
            version=VERSION,
            schema_version=columns.VERSION,
            per_minute=settings.API_REQUESTS_PER_MINUTE,
            limit=LIMIT,
            most=LIMIT_MAX,
            shared_for=SHARED_FOR,
            methods=METHODS,
            canonical=settings.SITE_URL + reverse("api:docs"),
            **kwargs,
        )


class TryView(TemplateView):
    """Swagger UI, from our own server. It needs script; everything that it shows stands on the page above too."""

    template_name = "reg4covid/api/try.html"
