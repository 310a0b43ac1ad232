"""What answers where no view does: pages for people, problem details below /api/."""

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from common.api.problems import KINDS, ROOT, response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(ROOT):
        return response(request, KINDS["bad-request"])
    return defaults.bad_request(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(ROOT):
        return response(request, KINDS["not-found"])
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(ROOT):
        return response(request, KINDS["internal-error"])
    return defaults.server_error(request)
