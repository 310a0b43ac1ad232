"""The organisations that something public is of. Who belongs to them is told to nobody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from accounts.models import Organisation, StakeholderType
from accounts.querysets import OrganisationQuerySet
from common.api.pages import Page, envelope
from common.api.parameters import Parameter, codes_of, limit_of, limit_parameter, whole_number
from common.api.problems import Fault, Problem
from common.api.shapes import part
from common.templatetags.portal import web_address
from common.text import clean_line
from countries.codes import iso2_of, spellings
from initiatives import finding
from initiatives.addresses import organisation_url
from initiatives.api.addresses import found_url, organisation_api_url
from initiatives.api.fresh import PublicView
from initiatives.api.parameters import country_codes
from initiatives.finding import Index

WORDS_MAX = 200  # characters
NUMBER_MAX = 2**31 - 1
GROUP = "Organisations"
ANSWERS = ("true", "false")


class OrganisationListView(PublicView):
    name, group = "listOrganisations", GROUP
    summary = gettext_lazy("Organisations with published initiatives")
    about = gettext_lazy("In the order of their numbers.")
    parameters = (
        Parameter(
            "q",
            {"type": "string", "minLength": 1, "maxLength": WORDS_MAX},
            gettext_lazy("Words of the name."),
            example="authority",
        ),
        Parameter(
            "country",
            {"type": "string", "enum": country_codes()},
            gettext_lazy("Where it is: ISO 3166-1 alpha-2; alpha-3 is understood too."),
            example="KE",
            many=True,
        ),
        Parameter("type", {"type": "string", "enum": StakeholderType.values}, gettext_lazy("What it is."), many=True),
        Parameter("verified", {"type": "string", "enum": list(ANSWERS)}, gettext_lazy("Whether it is who it says.")),
        limit_parameter(),
        Parameter(
            "after",
            {"type": "integer", "minimum": 1, "maximum": NUMBER_MAX},
            gettext_lazy("From “next” of an answer: organisations with larger numbers."),
        ),
    )
    shape = part("OrganisationPage")

    def read(self, request: HttpRequest, faults: list[Fault], **kwargs: Any) -> dict[str, Any]:
        size = limit_of(request.GET, faults)
        after = whole_number(request.GET, "after", faults, least=1, most=NUMBER_MAX, default=0)
        index, rows = finding.current(), asked_for(request, faults)
        self.refuse(faults)
        sets = index.codes.get("organisation", {})
        numbers = BitMap(int(pk) for pk, those in sets.items() if those.intersect(index.published))
        if rows is not None:
            numbers &= BitMap(rows.values_list("pk", flat=True))
        passed = numbers.rank(after)
        here = numbers[passed : passed + size]
        found = Organisation.objects.accepted().filter(pk__in=list(here)).order_by("pk")
        more = str(here[-1]) if passed + size < len(numbers) else ""
        return envelope(request, Page(len(numbers), [said_of(row, index) for row in found], more))


def asked_for(request: HttpRequest, faults: list[Fault]) -> OrganisationQuerySet | None:
    """Return the organisations that the parameters ask for; None where they ask for all."""
    asked, rows = request.GET, Organisation.objects.order_by()
    words = asked.get("q", "")
    if len(words) > WORDS_MAX or (words.strip() and not clean_line(words)):
        faults.append(Fault("q", _("Words of up to %(most)d characters.") % {"most": WORDS_MAX}, words))
    if words.strip():
        rows = rows.called(words[:WORDS_MAX])
    if countries := codes_of(asked, "country", spellings(), faults):
        rows = rows.filter(country__in=map(iso2_of, countries))
    if types := codes_of(asked, "type", StakeholderType.values, faults):
        rows = rows.filter(stakeholder_type__in=types)
    if verified := codes_of(asked, "verified", ANSWERS, faults):
        rows = rows.filter(verified_at__isnull=verified[0] == "false")
    return rows if rows.query.where else None


class OrganisationDetailView(PublicView):
    name, group = "getOrganisation", GROUP
    summary = gettext_lazy("One organisation")
    about = gettext_lazy("A number that was a duplicate leads to the organisation that was kept.")
    parameters = (
        Parameter(
            "id",
            {"type": "integer", "minimum": 1, "maximum": NUMBER_MAX},
            gettext_lazy("Number of the organisation."),
            example=1,
            place="path",
        ),
    )
    shape = part("Organisation")
    problems = ("not-found",)

    def read(self, request: HttpRequest, faults: list[Fault], *, id: int, **kwargs: Any) -> Any:
        self.refuse(faults)
        row = Organisation.objects.select_related("merged_into").filter(pk=id).first() if id <= NUMBER_MAX else None
        kept, index = row and row.kept, finding.current()
        if not kept or not kept.accepted_at or not index.of("organisation", str(kept.pk)):
            raise Problem("not-found", _("There is no organisation with this number of which something is public."))
        return said_of(kept, index)


def said_of(row: Organisation, index: Index) -> dict[str, Any]:
    """Return what everybody may know of an organisation. No query."""
    return {
        "id": row.pk,
        "name": row.name,
        "short_name": row.short_name or None,
        "type": row.stakeholder_type,
        "type_label": str(row.get_stakeholder_type_display()),
        "country": row.country_id,
        "verified": row.is_verified,
        "website": web_address(row.website) or None,
        "initiatives": index.of("organisation", str(row.pk)).intersection_cardinality(index.published),
        "url": settings.SITE_URL + organisation_url(row),
        "api_url": organisation_api_url(row.pk),
        "initiatives_url": found_url(organisation=row.pk),
    }
