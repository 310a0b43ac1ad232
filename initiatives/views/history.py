"""The versions of an initiative, and what is different between two of them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from initiatives import history, versions
from initiatives.comparison import compare
from initiatives.models import Initiative
from initiatives.views.public import InitiativeView


class InitiativeHistoryView(InitiativeView):
    """When it changed, and how; with `from` and `to` in the address, two versions side by side."""

    def find(self, reference: str) -> Initiative | None:
        return Initiative.objects.filter(reference=reference).first()

    def address(self, initiative: Initiative) -> str:
        return history_address(initiative)

    def show(self, request: HttpRequest, initiative: Initiative) -> HttpResponse:
        address = history_address(initiative)
        context = {"initiative": initiative, "history": address, "canonical": settings.SITE_URL + address}
        if "from" in request.GET or "to" in request.GET:
            context |= compared(initiative, request.GET.get("from", ""), request.GET.get("to", ""))
            return render(request, "initiatives/initiative_compare.html", context)
        return render(request, "initiatives/initiative_history.html", context | past_of(initiative))


def history_address(initiative: Initiative) -> str:
    return reverse("initiatives:history", args=[initiative.reference, initiative.slug])


def past_of(initiative: Initiative) -> dict[str, Any]:
    """Return what happened, and the versions that can be compared, newest first."""
    entries = history.entries(initiative)
    return {"entries": entries, "numbers": [entry.version.number for entry in entries if entry.version]}


def compared(initiative: Initiative, before: str, after: str) -> dict[str, Any]:
    """Return two versions and what is different; where one of them is not named, the current one or the one before."""
    newer = versions.number_of(after) if after else initiative.version
    older = versions.number_of(before) if before else newer - 1
    old, new = (get_object_or_404(initiative.versions.all(), number=number) for number in (older, newer))
    numbers = range(initiative.version, 0, -1)
    found = {"old": old, "new": new, "comparison": compare(old.content, new.content), "numbers": numbers}
    return found | {"verified": initiative.organisation.name if initiative.organisation.is_verified else ""}
