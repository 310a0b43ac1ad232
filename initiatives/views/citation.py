"""Citations for reference managers, of the current version or of an older one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from initiatives import versions
from initiatives.citations import FORMATS, Citation
from initiatives.models import Initiative
from initiatives.views.public import InitiativeView, permanent_address


class InitiativeCiteView(InitiativeView):
    """The citation as a file: cite.bib or cite.ris, with `?version=` of that version."""

    def get(self, request: HttpRequest, reference: str, kind: str) -> HttpResponse:
        if kind not in FORMATS:
            raise Http404
        return super().get(request, reference)

    def find(self, reference: str) -> Initiative | None:
        return Initiative.objects.select_related("organisation", "collection").filter(reference=reference).first()

    def address(self, initiative: Initiative) -> str:
        return reverse("initiatives:cite", args=[initiative.reference, self.kwargs["kind"]])

    def show(self, request: HttpRequest, initiative: Initiative) -> HttpResponse:
        asked = request.GET.get("version")
        number = initiative.version if asked is None else versions.number_of(asked)
        version = get_object_or_404(initiative.versions.all(), number=number)
        shown = initiative if number == initiative.version else versions.KeptText(initiative, version)
        citation = Citation.of(shown, version.published_at.date(), permanent_address(initiative, number))
        return self.file(citation, self.kwargs["kind"])

    def file(self, citation: Citation, kind: str) -> HttpResponse:
        content_type, write = FORMATS[kind]
        response = HttpResponse(write(citation), content_type=f"{content_type}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{citation.key}.{kind}"'
        return response
