"""A look at a text before it is posted. Nothing is stored."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum import mentions, rendering
from forum.models import Board


def is_wanted(request: HttpRequest) -> bool:
    """Whether the button for a preview was pressed; the script asks for it `quiet`, as a part of the page."""
    return "preview" in request.POST


def draw(
    request: HttpRequest, form: forms.Form, board: Board, language: str, page: Callable[..., HttpResponse]
) -> HttpResponse:
    """Return the text as it would look: in the whole page, which keeps all that was typed, or alone."""
    form.is_valid()
    body = form.cleaned_data.get("body", "")
    html = rendering.render(body, handles=mentions.people_named(body, board).keys(), language=language)
    said = bool(request.POST.get("body", "").strip())
    context = {"preview": html, "preview_errors": form.errors.get("body") if said else ()}
    if request.POST["preview"] == "quiet":
        return render(request, "forum/_preview.html", context)
    return page(**context)
