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
from initiatives import discussions, facets, listing, related, rules, versions, whole
from initiatives.filters import InitiativeFilter
from initiatives.finding.paging import FoundPage
from initiatives.models import Initiative, InitiativeAttachment
from initiatives.views.exports import with_left_out

OFF_THE_PATH = {"after", "before", facets.WHOLE}  # pages that search engines need not keep


class InitiativeListView(TemplateView):
    """What is public, by the filters of the address."""

    template_name = "initiatives/initiative_list.html"

    def render_to_response(self, context: dict[str, Any], **kwargs) -> HttpResponse:
        return with_left_out(super().render_to_response(context, **kwargs), context["filter"])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        asked = self.request.GET
        chosen = InitiativeFilter(asked)
        page = chosen.page(asked)
        return super().get_context_data(
            filter=chosen,
            offer=listing.form(chosen, asked.get(facets.WHOLE, "")),
            page=page,
            items=listing.items(chosen, page),
            links=links_of(chosen, page),
            total=page.total,
            countries=chosen.found.countries_named(),
            **({} if page.total else {"ways_out": facets.ways_out(chosen), "ways_back": facets.ways_back(chosen)}),
            query=chosen.canonical_query(),
            canonical=_list_address(chosen, page.number),
            noindex=chosen.filters_in_use > 1 or bool(chosen.ignored or chosen.remarks or OFF_THE_PATH & asked.keys()),
            **kwargs,
        )


def links_of(chosen: InitiativeFilter, page: FoundPage) -> dict[str, str]:
    """Return where the first, the previous and the next page are (relative to the page), as far as there are any."""
    links = {}
    if page.first:
        links["first"] = f"?{chosen.canonical_query()}"
        back = chosen.canonical_query(before=page.before, page=str(page.number - 1)) if page.before else ""
        links["previous"] = f"?{back}" if back else links["first"]
    if page.after:
        links["next"] = f"?{chosen.canonical_query(after=page.after, page=str(page.number + 1))}"
    return links


def _list_address(chosen: InitiativeFilter, page: int) -> str:
    query = chosen.canonical_query(page=str(page) if page > 1 else "")
    return settings.SITE_URL + reverse("initiatives:list") + (f"?{query}" if query else "")


class InitiativeView(View):
    """A page about one initiative at its stable address; removed ones leave a notice in place of every such page."""

    def get(self, request: HttpRequest, reference: str, slug: str = "") -> HttpResponse:
        initiative = self.find(reference)
        if initiative is None:
            raise Http404
        if initiative.status == Initiative.Status.REMOVED:
            return removed(request, initiative)
        address = self.address(initiative)
        if request.path != unquote(address):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        return self.show(request, initiative)

    def find(self, reference: str) -> Initiative | None:
        """Return the initiative, of whatever status, with what the page shows of it."""
        return whole.read(reference)

    def address(self, initiative: Initiative) -> str:
        raise NotImplementedError

    def show(self, request: HttpRequest, initiative: Initiative) -> HttpResponse:
        raise NotImplementedError


class InitiativeDetailView(InitiativeView):
    """One initiative, as it is or as one of its versions was; archived ones stay and say so."""

    def address(self, initiative: Initiative) -> str:
        return initiative.get_absolute_url()

    def show(self, request: HttpRequest, initiative: Initiative) -> HttpResponse:
        if "version" in request.GET:
            context = version_context(initiative, versions.number_of(request.GET["version"]))
        else:
            owner = request.user.is_authenticated and rules.is_owner(request.user, initiative)
            context = detail_context(initiative) | discussed(initiative) | {"is_owner": owner}
        return render(request, "initiatives/initiative_detail.html", context)


def discussed(initiative: Initiative) -> dict[str, Any]:
    """Return where the initiative is discussed and how often; nothing where there is no place for it. One query."""
    place = discussions.place()
    if place is None:
        return {}
    return {"discussion_url": place.url(initiative.reference), "discussions": place.count(initiative.reference)}


def detail_context(initiative: Initiative) -> dict[str, Any]:
    """Return what the page of an initiative, as `whole.read` gives it, shows beside its own fields."""
    return {
        "initiative": initiative,
        "canonical": settings.SITE_URL + initiative.get_absolute_url(),
        "permanent": permanent_address(initiative, initiative.version),
        "version": initiative.newest_version,
        "see_also": related.see_also(initiative),
    }


def version_context(initiative: Initiative, number: int) -> dict[str, Any]:
    """Return what the page of version `number` shows: its kept text, and what leads on to the current one."""
    if number == initiative.version:
        return detail_context(initiative) | {"kept": True}
    version = get_object_or_404(initiative.versions.all(), number=number)
    follows = version.content.get("follows")
    earlier = Initiative.objects.public(archived=True).filter(reference=follows)
    return {
        "kept": True,
        "initiative": versions.KeptText(initiative, version),
        "current": initiative,
        "version": version,
        "until": versions.until(version),
        "canonical": settings.SITE_URL + initiative.get_absolute_url(),
        "permanent": permanent_address(initiative, number),
        "see_also": related.drawn(follows=earlier.first() if follows else None),
    }


def permanent_address(initiative: Initiative, version: int) -> str:
    """Return the address to cite: of one version, and without the title, which a correction may change."""
    path = reverse("initiatives:detail_bare", args=[initiative.reference], query={"version": version})
    return settings.SITE_URL + path


def removed(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """Answer that something was here: its notice and nothing of its content."""
    context = {"reference": initiative.reference, "notice": initiative.removal_notice}
    return render(request, "initiatives/initiative_removed.html", context, status=410)


class LeavesNotice:
    """For pages where people do something with an initiative: a removed one answers here too that it was removed."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        gone = Initiative.objects.filter(status=Initiative.Status.REMOVED)
        if initiative := gone.filter(reference=kwargs["reference"]).first():
            return removed(request, initiative)
        return super().dispatch(request, *args, **kwargs)


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
