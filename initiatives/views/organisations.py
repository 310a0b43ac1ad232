"""The organisations, and what each of them shared. Who belongs to them is shown to nobody."""

from typing import Any

from django.conf import settings
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.models import Organisation
from common.paging import page_of
from common.text import clean_line
from initiatives.addresses import organisation_url
from initiatives.gathering import counts_of
from initiatives.views.gathering import GatheringView

PER_PAGE = 50


class OrganisationListView(TemplateView):
    """Those with something published, by name; to be searched by words of their names."""

    template_name = "initiatives/gathering/organisation_list.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        words, number = clean_line(self.request.GET.get("q", ""))[:200], self.request.GET.get("page")
        counts = counts_of("organisation")
        found = Organisation.objects.accepted().filter(pk__in=map(int, counts)).called(words)
        page = page_of(found.select_related("country").order_by(Lower("name"), "pk"), number, PER_PAGE)
        return super().get_context_data(
            page_obj=page,
            rows=[(row, organisation_url(row), counts[str(row.pk)]) for row in page],
            words=words,
            canonical=settings.SITE_URL + self.request.path,
            **kwargs,
        )


class OrganisationView(GatheringView):
    template_name = "initiatives/gathering/organisation.html"
    filter_name = "organisation"

    @property
    def value(self) -> str:
        return str(self.organisation.pk)

    @property
    def address(self) -> str:
        return organisation_url(self.organisation)

    @cached_property
    def organisation(self) -> Organisation:
        """The organisation, or the one that it was merged into; what is only proposed does not exist for the public."""
        row = get_object_or_404(
            Organisation.objects.select_related("country", "merged_into__country"), pk=self.kwargs["pk"]
        )
        if not organisation_url(row.kept):
            raise Http404
        return row.kept

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        crumbs = [(_("Organisations"), reverse("initiatives:organisations")), (self.organisation.name, "")]
        return super().get_context_data(**kwargs, organisation=self.organisation, crumbs=crumbs)
