"""Drafts of posts: saved by the page's script while one types, offered again, and thrown away on demand."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from common.text import clean_line, clean_markdown
from forum.models import Draft
from forum.services import drafts

ACTIONS = ("autosave", "discard", "picture")


def action(request: HttpRequest) -> str:
    """Return what to do with the draft; empty where a text is posted."""
    asked = request.POST.get("action", "")
    return asked if asked in ACTIONS else ""


def answer(request: HttpRequest, place: drafts.Place, form: forms.Form, back: str) -> HttpResponse:
    """Save the draft for the script, which reads words from the answer; or throw it away and lead `back`."""
    if action(request) == "discard":
        drafts.discard(request.user, place)
        messages.info(request, _("Your draft is gone."))
        return redirect(back)
    form.is_valid()
    key = form.cleaned_data.get("key") or uuid.uuid4()
    body, title = clean_markdown(request.POST.get("body", "")), clean_line(request.POST.get("title", ""))
    draft = drafts.keep(request.user, place, key=key, body=body, title=title, language=request.POST.get("language", ""))
    words = render_to_string("forum/_saved.html", {"draft": draft, "is_posted": draft is None}, request)
    said = {"saved": words, "goes_on": draft is not None, "complete": form.is_valid(), "address": request.path}
    return JsonResponse({**said, "revision": draft.revision if draft else 0})


def started(draft: Draft | None, **otherwise) -> dict:
    """Return what a form begins with: the draft where there is one."""
    if draft is None:
        return otherwise
    said = {"key": draft.key, "title": draft.title, "body": draft.body, "language": draft.language}
    return {**otherwise, **{name: value for name, value in said.items() if value}}
