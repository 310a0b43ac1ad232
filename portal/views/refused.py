"""A form that came without its token: nothing is done, and nothing typed is lost by it."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from initiatives.forms.words import typed_words


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show what was typed, unless another site sent it: its words are not to stand on a page of ours."""
    if methods := _methods_of(request):
        return HttpResponseNotAllowed(methods)
    foreign = request.headers.get("Sec-Fetch-Site", "") in ("cross-site", "same-site")
    words = [] if foreign else typed_words(request.POST)
    context = {"words": words, "key": request.POST.get("key", "") if words else ""}
    return render(request, "403_csrf.html", context, status=403)


def _methods_of(request: HttpRequest) -> list[str]:
    """Return the methods that there are at an address where this one would be refused with its token too."""
    view = getattr(getattr(request.resolver_match, "func", None), "view_class", None)
    known = [name for name in view.http_method_names if hasattr(view, name)] if view else []
    if not known or (request.method or "").lower() in known:
        return []
    return [name.upper() for name in (["head", *known] if "get" in known else known)]
