"""What reads for programs. It asks for no name and touches no session, and its answers are the same for everybody."""

import hashlib
from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from common.api.described import ReadSchema
from common.api.headers import for_everybody, preflight
from common.api.pages import links
from common.api.parameters import Parameter, faults_of
from common.api.problems import Fault, Problem
from common.caching import kept_for_a_minute


class Negotiation(DefaultContentNegotiation):
    """As Django REST framework does it; who wants nothing in particular gets what there is."""

    def get_accept_list(self, request: HttpRequest) -> list[str]:
        return [kind for kind in super().get_accept_list(request) if kind] or ["*/*"]


class ReadView(APIView):
    """GET, HEAD and OPTIONS. A room's view says what there is in `read`; the rest describes it.

    Without an `etag` that is known beforehand, answers are compared when they are made.
    """

    authentication_classes: ClassVar[list] = []
    permission_classes: ClassVar[list] = []
    parser_classes: ClassVar[list] = []
    content_negotiation_class = Negotiation
    renderer_classes: ClassVar[list] = [JSONRenderer]
    schema = ReadSchema()

    name: ClassVar[str] = ""  # of the operation, for whoever makes a client of the description
    group: ClassVar[str] = ""  # under which it stands there
    summary: ClassVar[Any] = ""
    about: ClassVar[Any] = ""
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    shape: ClassVar[Mapping[str, Any]] = {}  # JSON Schema of the answer
    problems: ClassVar[tuple[str, ...]] = ()  # beyond those that every address may have

    def read(self, request: HttpRequest, faults: list[Fault], **kwargs: Any) -> Any:
        """Return what the address says, as JSON would have it; add to `faults` and `refuse` where it cannot."""
        raise NotImplementedError

    def validators(self, request: HttpRequest) -> tuple[str, int | None]:
        """Return the entity tag and the second of the last change, as far as they are known before reading."""
        return "", None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        etag, changed = self.validators(request)
        asked = request.headers.get("If-None-Match", "")
        # Whoever has the tag got it for this very address: it was a good one. Conditions without it are for later.
        if etag and asked.strip() != "*" and "If-Match" not in request.headers and asked:
            answer = get_conditional_response(request, etag=etag)
            if answer is not None:
                return self.fresh(answer, etag, changed)
        self.check_throttles(request)
        body = self.read(request, faults_of(request.GET, self.parameters), **kwargs)
        return self.answer(request, body, etag, changed)

    def answer(self, request: HttpRequest, body: Any, etag: str, changed: int | None) -> HttpResponse:
        content = body if isinstance(body, bytes) else request.accepted_renderer.render(body)
        etag = etag or quote_etag(hashlib.sha256(content).hexdigest()[:32])
        answer = HttpResponse(content, content_type=request.accepted_renderer.media_type)
        if isinstance(body, dict) and (onwards := links(body)):
            answer["Link"] = onwards
        answer = get_conditional_response(request, etag=etag, last_modified=changed, response=answer)
        if answer.status_code == 412:
            raise Problem("precondition-failed")
        return self.fresh(answer, etag, changed)

    def fresh(self, answer: HttpResponse, etag: str, changed: int | None) -> HttpResponse:
        """Return the answer with its validators, which caches may share for a minute."""
        answer["ETag"] = etag
        if changed:
            answer["Last-Modified"] = http_date(changed)
        return kept_for_a_minute(answer)

    def refuse(self, faults: list[Fault]) -> None:
        """Raise the problem that names all faults, if there are any."""
        if faults:
            raise Problem("bad-request", faults=faults)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return preflight(HttpResponse(status=204))

    format_kwarg = None  # the header Accept says it

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Settle the format, for those who want one. Requests are counted in `get`: what has not changed is free."""
        accepted = self.perform_content_negotiation(request, force=request.method == "OPTIONS")
        request.accepted_renderer, request.accepted_media_type = accepted
        request.version = request.versioning_scheme = None

    def finalize_response(self, request: HttpRequest, response: HttpResponse, *args: Any, **kwargs: Any):
        self.tell_allowance(request, response)
        if response.status_code == 405:
            response["Allow"] = ", ".join(self.allowed_methods)
        return for_everybody(response)

    def tell_allowance(self, request: HttpRequest, response: HttpResponse) -> None:
        """Say how much is left: that is one client's, so whoever has plenty gets an answer for all without it."""
        allowance = dict(getattr(request, "allowance", {}))
        if response.status_code < 400 and allowance:
            if request.has_plenty:
                del allowance["RateLimit"]
            else:
                response["Cache-Control"] = "private, no-cache"
        for name, value in allowance.items():
            response[name] = value
