"""The page on which staff merge two organisations: what moves is shown before, and nothing is moved by opening it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import merging
from accounts.models import Organisation

FOUND = 20


def merge_url(away: Organisation, kept: Organisation | None = None) -> str:
    """Return the page's address; without `kept` it asks which one."""
    query = {"away": away.pk} | ({"kept": kept.pk} if kept else {})
    return f"{reverse('admin:accounts_organisation_merge')}?{urlencode(query)}"


def merge_view(modeladmin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Ask which one is kept, show what moves, and on POST merge."""
    if not modeladmin.has_change_permission(request):
        raise PermissionDenied
    away, kept = _chosen(request, "away"), _chosen(request, "kept")
    if away is None:
        raise Http404
    if request.method == "POST" and kept:
        return _merge(modeladmin, request, away, kept)
    context = {**modeladmin.admin_site.each_context(request), "opts": modeladmin.opts, "away": away, "kept": kept}
    context |= {"title": _("Merge organisations"), **(_question(away, kept) if kept else _search(request, away))}
    return TemplateResponse(request, "accounts/admin/merge.html", context)


def _chosen(request: HttpRequest, name: str) -> Organisation | None:
    number = request.GET.get(name, "")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return Organisation.objects.select_related("country").filter(pk=number).first()


def _search(request: HttpRequest, away: Organisation) -> dict[str, Any]:
    query = request.GET.get("q", "")[:200]
    rows = Organisation.objects.kept().exclude(pk=away.pk).called(query).select_related("country")
    found = list(rows.order_by("name", "pk")[:FOUND]) if query.strip() else []
    return {"query": query, "found": [(one, merge_url(away, one)) for one in found]}


def _question(away: Organisation, kept: Organisation) -> dict[str, Any]:
    return {
        "obstacle": merging.obstacle(away, kept),
        "moving": merging.what_moves(away, kept),
        "gains": [
            (Organisation._meta.get_field(name).verbose_name, value)
            for name, value in merging.gains(away, kept).items()
        ],
        "is_doubtful": merging.is_doubtful(away, kept),
        "swap_url": merge_url(kept, away),
    }


def _merge(modeladmin, request, away: Organisation, kept: Organisation) -> HttpResponse:
    try:
        merging.merge(away, into=kept, by=request.user, is_sure=request.POST.get("sure") == "yes")
    except merging.MergeRefused as refusal:
        modeladmin.message_user(request, str(refusal), messages.ERROR)
        return redirect(merge_url(away, kept))
    modeladmin.log_change(request, away, f"Merged into {kept} ({kept.pk}).")
    modeladmin.log_change(request, kept, f"Took over {away} ({away.pk}).")
    words = _("“%(away)s” is merged into “%(kept)s”.") % {"away": away, "kept": kept}
    modeladmin.message_user(request, words)
    return redirect("admin:accounts_organisation_change", kept.pk)
