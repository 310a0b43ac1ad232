"""The description of the API for machines (OpenAPI 3.1), as JSON and YAML; made once for each process."""

from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer

from common.api import shapes as common_shapes
from common.api.described import problem_responses
from common.api.problems import DOCS, Fault
from common.api.views import ReadView
from countrymap.api import shapes as place_shapes
from forum.api import shapes as forum_shapes
from initiatives import columns
from initiatives.api import shapes as initiative_shapes
from initiatives.exports.about import LICENCE
from reg4covid.api.root import VERSION

URLS = "reg4covid.urls"


class Yaml(OpenApiYamlRenderer):
    media_type = "application/yaml"


class Json(OpenApiJsonRenderer):
    media_type = "application/json"


def complete(result: dict[str, Any], generator: SchemaGenerator, request: Any, public: bool) -> dict[str, Any]:
    """Add to the document what all addresses share. drf-spectacular calls it (POSTPROCESSING_HOOKS)."""
    result["info"] |= {
        "title": _("%(site)s: read-only API") % {"site": settings.SITE_NAME},
        "version": f"{VERSION}+schema.{columns.VERSION}",
        "summary": _("What countries did to keep networks up and people connected in a crisis."),
        "description": _(
            "Everything that is public, for programs: the same filters, counts and records as the portal's pages and "
            "downloads. No key, no account; %(limit)d requests a minute for each address. How to page, cite and keep "
            "up to date: %(docs)s What is no HTTP, or has a request line beyond 8,190 bytes, the web server refuses in "
            "its own words (400, 414, 431) before the API sees it."
        )
        % {"limit": settings.API_REQUESTS_PER_MINUTE, "docs": settings.SITE_URL + DOCS},
        "license": {"name": LICENCE["title"], "identifier": LICENCE["name"]},
    }
    result["servers"] = [{"url": settings.SITE_URL}]
    result["externalDocs"] = {"url": settings.SITE_URL + DOCS, "description": _("For people")}
    rooms = (initiative_shapes, place_shapes, forum_shapes)
    schemas = {"Problem": common_shapes.problem()}
    for room in rooms:
        schemas |= room.components()
    result["components"] = {
        "schemas": schemas,
        "responses": problem_responses(),
        "headers": common_shapes.header_parts(),
    }
    return result


@cache
def document() -> dict[str, Any]:
    """Return the document. It depends on code and settings alone."""
    return SchemaGenerator(urlconf=URLS).get_schema(public=True)


@cache
def written(renderer: type) -> bytes:
    return renderer().render(document(), renderer_context={})


class SchemaView(ReadView):
    name, group = "getDescription", "About"
    renderer_classes: ClassVar[list] = [Json, Yaml]
    summary = gettext_lazy("This description")
    about = gettext_lazy("OpenAPI 3.1, as JSON, or as YAML where Accept asks for application/yaml.")
    shape = {"type": "object", "required": ["openapi", "info", "paths"]}

    def read(self, request: HttpRequest, faults: list[Fault], **kwargs: Any) -> bytes:
        self.refuse(faults)
        return written(type(request.accepted_renderer))
