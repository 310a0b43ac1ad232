"""How an address of the API describes itself in the OpenAPI document: what its view says, and nothing else."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.openapi import AutoSchema

from common.api.problems import KINDS, MEDIA_TYPE

ALWAYS = ("bad-request", "not-acceptable", "precondition-failed", "too-many-requests", "internal-error", "unavailable")
FRESHNESS = ("ETag", "Last-Modified", "Cache-Control")
COUNTED = ("RateLimit", "RateLimit-Policy")


class ReadSchema(AutoSchema):
    """The description of a view with `name`, `group`, `summary`, `about`, `parameters`, `shape` and `problems`."""

    def get_operation_id(self) -> str:
        return self.view.name

    def get_tags(self) -> list[str]:
        return [self.view.group]

    def get_summary(self) -> str:
        return str(self.view.summary)

    def get_description(self) -> str:
        return str(self.view.about)

    def get_auth(self) -> list[dict[str, Any]]:
        return []

    def is_excluded(self) -> bool:
        return not self.view.name

    def _get_parameters(self) -> list[dict[str, Any]]:
        return [parameter.described() for parameter in self.view.parameters]

    def _get_request_body(self, direction: str = "request") -> None:
        return None

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        listed = "Link" if any(parameter.name == "after" for parameter in self.view.parameters) else None
        kinds = {renderer.media_type for renderer in self.view.renderer_classes}
        found = {
            "200": {
                "description": str(self.view.summary),
                "headers": headers(*FRESHNESS, *COUNTED, *filter(None, [listed])),
                "content": {kind: {"schema": dict(self.view.shape)} for kind in sorted(kinds)},
            },
            "304": {"description": HTTPStatus.NOT_MODIFIED.phrase, "headers": headers(*FRESHNESS)},
        }
        problems = [KINDS[name] for name in (*ALWAYS, *self.view.problems)]
        problems.sort(key=lambda kind: kind.status)
        return found | {str(kind.status): {"$ref": f"#/components/responses/{kind.name}"} for kind in problems}


def headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def problem_responses() -> dict[str, Any]:
    """Return the answers of each kind of problem, by its name."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found = {}
    for kind in KINDS.values():
        said = {"description": f"{kind.title}. {kind.meaning}", "content": content}
        found[kind.name] = said | ({"headers": headers("Retry-After")} if kind.status in (429, 503) else {})
    return found
