"""Where the API begins, and what answers at addresses that it does not have."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from common.api.headers import for_everybody
from common.api.problems import KINDS, Fault, response
from common.api.shapes import ADDRESS, INTEGER, STRING, thing
from common.api.views import ReadView
from initiatives import columns
from initiatives.exports.about import LICENCE, attribution

VERSION = "1.0.0"  # of the API, in its addresses: 1
LISTS = tuple("initiatives organisations themes pillars collections countries regions statistics boards topics".split())


class RootView(ReadView):
    name, group = "getRoot", "About"
    summary = gettext_lazy("What there is")
    about = gettext_lazy("Addresses of everything else, the version, the licence and whom to name.")
    shape = thing(
        {
            "api_version": STRING,
            "schema_version": INTEGER,
            "licence": ADDRESS,
            "attribution": STRING,
            "documentation": ADDRESS,
            "description": ADDRESS,
            **dict.fromkeys(LISTS, ADDRESS),
        }
    )

    def read(self, request: HttpRequest, faults: list[Fault], **kwargs: Any) -> dict[str, Any]:
        self.refuse(faults)
        return {
            "api_version": VERSION,
            "schema_version": columns.VERSION,
            "licence": LICENCE["path"],
            "attribution": attribution(),
            "documentation": settings.SITE_URL + reverse("api:docs"),
            "description": settings.SITE_URL + reverse("api:schema"),
            **{name: settings.SITE_URL + reverse(f"api:{name}") for name in LISTS},
        }


@csrf_exempt  # or whoever sends something here would be told about forms
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer at an address that there is not; where only the slash at the end is missing, or the version, lead on."""
    onwards = _onwards(request, rest) if request.method in ("GET", "HEAD") else ""
    if not onwards:
        return response(request, KINDS["not-found"])
    query = request.META.get("QUERY_STRING", "")
    answer = HttpResponse(status=308, headers={"Location": f"{onwards}{'?' if query else ''}{query}"})
    del answer["Content-Type"]
    return for_everybody(answer)


def _onwards(request: HttpRequest, rest: str) -> str:
    if not rest:
        return reverse("api:root")
    try:
        known = not rest.endswith("/") and resolve(f"{request.path_info}/").func is not nothing
    except Resolver404:
        known = False
    return f"{iri_to_uri(request.path)}/" if known else ""
