"""A form that came without its token: nothing is done, and nothing typed is lost by it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from initiatives.forms.words import typed_words


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show what was typed, unless another site sent it: its words are not to stand on a page of ours."""
    foreign = request.headers.get("Sec-Fetch-Site", "") in ("cross-site", "same-site")
    words = [] if foreign else typed_words(request.POST)
    context = {"words": words, "key": request.POST.get("key", "") if words else ""}
    return render(request, "403_csrf.html", context, status=403)
