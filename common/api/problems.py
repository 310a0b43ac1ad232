"""Errors as problem details (RFC 9457): one form for whatever goes wrong, each kind explained on a page."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer

from common.api.headers import for_everybody
from common.text import clean_line

ROOT = "/api/"
DOCS = "/api/v1/docs/"
MEDIA_TYPE = "application/problem+json"
VALUE_MAX, ERRORS_MAX, INSTANCE_MAX = 100, 50, 2_000  # characters; lines; characters
TRY_AGAIN = 30  # seconds, while the database is away

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its name in addresses, the status code, what it is called, what it means and what to do."""

    name: str
    status: int
    title: Any
    meaning: Any

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{DOCS}#problem-{self.name}"


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "bad-request",
            400,
            _("The request cannot be answered"),
            _(
                "A parameter is not known, has a value that is not known, is empty, or stands there twice although it "
                "has one value. “errors” names each of them. Correct the address; the same one will not work later."
            ),
        ),
        Kind(
            "not-found",
            404,
            _("Nothing is here"),
            _("There is no such address, or nothing public with this reference, number, code or version."),
        ),
        Kind(
            "method-not-allowed",
            405,
            _("Only reading is possible"),
            _("The API answers GET, HEAD and OPTIONS. To send or correct a measure, use the portal's form."),
        ),
        Kind(
            "not-acceptable",
            406,
            _("Not in this format"),
            _("The header Accept asks for what this address does not have. Ask for application/json, or leave it out."),
        ),
        Kind(
            "precondition-failed",
            412,
            _("It is another one by now"),
            _("The request set a condition, by If-Match or If-Unmodified-Since, that does not hold any more."),
        ),
        Kind(
            "gone",
            410,
            _("It was removed"),
            _(
                "The initiative was public and was removed; “detail” is the notice that stands in its place. Delete "
                "your copy, as the portal did."
            ),
        ),
        Kind(
            "too-many-requests",
            429,
            _("Too many requests"),
            _("Your address has used up its requests for this minute. Wait as many seconds as Retry-After says."),
        ),
        Kind(
            "internal-error",
            500,
            _("Something went wrong"),
            _("A fault of the portal. It was noted; try again later."),
        ),
        Kind(
            "unavailable",
            503,
            _("Not available for the moment"),
            _("The portal is being looked after, or its database is away. Try again after Retry-After seconds."),
        ),
    )
}
_BY_STATUS = {kind.status: kind for kind in KINDS.values()}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one parameter."""

    parameter: str
    detail: Any
    value: str | None = None

    def as_dict(self) -> dict[str, str]:
        said = {"parameter": clean_line(self.parameter)[:VALUE_MAX], "detail": str(self.detail)}
        return said if self.value is None else said | {"value": clean_line(self.value)[:VALUE_MAX]}


class Problem(exceptions.APIException):
    """To be raised by whoever cannot answer: the name of the kind, what happened here, and faults of parameters."""

    def __init__(self, kind: str, detail: Any = "", faults: Iterable[Fault] = ()) -> None:
        self.kind, self.faults = KINDS[kind], list(faults)
        self.status_code = self.kind.status
        super().__init__(detail or self._first_fault() or self.kind.meaning)

    def _first_fault(self) -> str:
        if not self.faults:
            return ""
        said = self.faults[0].as_dict()
        return gettext("Parameter “%(name)s”: %(what)s") % {"name": said["parameter"], "what": said["detail"]}


def handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Answer whatever a view of the API raised; None for faults of ours, which Django logs before `handler500` speaks.

    Django REST framework calls it (EXCEPTION_HANDLER).
    """
    request = context["request"]
    if isinstance(error, OperationalError | InterfaceError):
        logger.error("database away: %s", type(error).__name__)
        return response(request, KINDS["unavailable"], headers={"Retry-After": str(TRY_AGAIN)})
    if isinstance(error, Http404 | PermissionDenied):
        return response(request, KINDS["not-found"])
    if isinstance(error, Problem):
        return response(request, error.kind, error.detail, error.faults)
    if not isinstance(error, exceptions.APIException):
        return None
    wait = getattr(error, "wait", None)
    headers = {"Retry-After": str(int(wait))} if wait else {}
    return response(request, _BY_STATUS.get(error.status_code, KINDS["bad-request"]), headers=headers)


def response(
    request: HttpRequest,
    kind: Kind,
    detail: Any = "",
    faults: Iterable[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return the problem as an answer. No query."""
    body = {
        "type": kind.url,
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(detail or kind.meaning),
        "instance": request.get_full_path()[:INSTANCE_MAX],
    }
    if faults := list(faults):
        body["errors"] = [fault.as_dict() for fault in faults[:ERRORS_MAX]]
    answer = HttpResponse(
        JSONRenderer().render(body), status=kind.status, content_type=MEDIA_TYPE, headers={**(headers or {})}
    )
    answer["Cache-Control"] = "no-store"
    return for_everybody(answer)
