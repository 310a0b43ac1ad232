"""What everybody may read."""

from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View
from django.views.generic import TemplateView

from common.files import KINDS
from common.paging import CappedPaginator, page_of
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative, InitiativeAttachment


class InitiativeListView(TemplateView):
    """What is public, by the filters of the address."""

    template_name = "initiatives/initiative_list.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        chosen = InitiativeFilter(self.request.GET)
        page = page_of(chosen.qs.for_list(), self.request.GET.get("page"))
        return super().get_context_data(
            filter=chosen,
            page_obj=page,
            total=page.paginator.count,
            countries=_countries_named(chosen, page.paginator),
            query=chosen.canonical_query(),
            canonical=_list_address(chosen, page.number),
            noindex=chosen.filters_in_use > 1 or bool(chosen.ignored),
            **kwargs,
        )


def _countries_named(chosen: InitiativeFilter, pages: CappedPaginator) -> int:
    """Return how many countries what was found names; 0 where it is more than is counted."""
    return chosen.qs.countries_named() if pages.count and not pages.has_more else 0


def _list_address(chosen: InitiativeFilter, page: int) -> str:
    query = chosen.canonical_query(page=str(page) if page > 1 else "")
    return settings.SITE_URL + reverse("initiatives:list") + (f"?{query}" if query else "")


class InitiativeDetailView(View):
    """One initiative at its stable address; removed ones leave a notice, archived ones stay and say so."""

    def get(self, request: HttpRequest, reference: str, slug: str = "") -> HttpResponse:
        initiative = get_object_or_404(Initiative.objects.for_detail(), reference=reference)
        if initiative.status == Initiative.Status.REMOVED:
            return removed(request, initiative)
        address = initiative.get_absolute_url()
        if request.path != unquote(address):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        return render(request, "initiatives/initiative_detail.html", detail_context(initiative))


def detail_context(initiative: Initiative) -> dict[str, Any]:
    """Return what the page of an initiative shows beside its own fields."""
    followers = Initiative.objects.public(archived=True).filter(follows=initiative)
    follows = initiative.follows
    return {
        "initiative": initiative,
        "canonical": settings.SITE_URL + initiative.get_absolute_url(),
        # Without the title, which a correction may change.
        "permanent": settings.SITE_URL + reverse("initiatives:detail_bare", args=[initiative.reference]),
        "version": initiative.versions.filter(number=initiative.version).defer("content").first(),
        "follows": follows if follows and follows.status != Initiative.Status.REMOVED else None,
        "followers": followers.order_by("pk"),
        "related": Initiative.objects.public().related_to(initiative),
    }


def removed(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """Answer that something was here: its notice and nothing of its content."""
    context = {"reference": initiative.reference, "notice": initiative.removal_notice}
    return render(request, "initiatives/initiative_removed.html", context, status=410)


class AttachmentDownloadView(View):
    """A file of an initiative: to be saved, never to be shown or run here."""

    def get(self, request: HttpRequest, reference: str, pk: int, name: str) -> HttpResponse:
        files = InitiativeAttachment.objects.select_related("initiative")
        attachment = get_object_or_404(files, pk=pk, initiative__reference=reference)
        if attachment.initiative.status == Initiative.Status.REMOVED:
            return removed(request, attachment.initiative)
        address = reverse("initiatives:attachment", args=[reference, pk, attachment.name])
        if request.path != unquote(address):
            return HttpResponsePermanentRedirect(address)
        return download(attachment)


def download(attachment) -> HttpResponse:
    """Return the file under its own name, with every header that keeps a browser from doing more than saving it."""
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    kind = KINDS.get(attachment.kind, "application/octet-stream")
    response = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
