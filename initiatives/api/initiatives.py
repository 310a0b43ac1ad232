"""The initiatives: a list by the filters of the portal, and each by its reference, as it is or as it was."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.api.pages import Page, envelope
from common.api.parameters import Parameter, limit_of, limit_parameter, whole_number
from common.api.problems import Fault, Problem
from common.api.shapes import part
from initiatives.api import records
from initiatives.api.fresh import PublicView
from initiatives.api.parameters import FILTERS, filter_of
from initiatives.filters import InitiativeFilter
from initiatives.finding.choice import FACETS
from initiatives.finding.paging import FoundPage
from initiatives.models import Initiative

PLACE = {"type": "string", "minLength": 1, "maxLength": 40}
VERSION_MAX = 999_999
GROUP = "Initiatives"
CURSORS = (
    Parameter("after", PLACE, gettext_lazy("From “next” of an answer, with the same other parameters.")),
    Parameter("before", PLACE, gettext_lazy("From “previous” of an answer, with the same other parameters.")),
)
COUNTED = Parameter(
    "facets",
    {"type": "string", "enum": list(FACETS)},
    gettext_lazy(
        "Filters whose codes to count: how many each would find beside the others that are set. What is chosen in the "
        "filter itself is left aside."
    ),
    example="theme",
    many=True,
)


class InitiativeListView(PublicView):
    name, group = "listInitiatives", GROUP
    summary = gettext_lazy("Initiatives that the filters find")
    about = gettext_lazy(
        "The same as the list, the map and the downloads find for the same parameters. Values of one parameter are "
        "alternatives; several parameters must all fit. Follow “next” to walk through all of them: nothing is met "
        "twice, although new ones appear meanwhile."
    )
    parameters = (*FILTERS, limit_parameter(), *CURSORS, COUNTED)
    shape = part("InitiativePage")

    def read(self, request: HttpRequest, faults: list[Fault], **kwargs: Any) -> dict[str, Any]:
        chosen, size = filter_of(request, faults), limit_of(request.GET, faults)
        counted = request.GET.getlist("facets")
        faults += [
            Fault("facets", _("It is not known."), name) for name in counted if name.strip() and name not in FACETS
        ]
        page = page_of(request, chosen, size, faults)
        more = {"facets": {name: chosen.found.counts(name) for name in dict.fromkeys(counted)}} if counted else {}
        found = Page(page.total, records.items_of(page.numbers), page.after, page.before)
        return envelope(request, found, **records.head(), **more)


def page_of(request: HttpRequest, chosen: InitiativeFilter, size: int, faults: list[Fault]) -> FoundPage:
    """Return the page that is asked for; raises the problem of all faults where there are any."""
    after, before = (request.GET.get(name, "").strip() for name in ("after", "before"))
    if after and before:
        faults.append(Fault("before", _("Either “after” or “before”.")))
    if faults:
        raise Problem("bad-request", faults=faults)
    page = chosen.walk(size=size, after=after, before=before)
    if page is None:
        text = _("It is no place of this list in this order. Begin again without it.")
        raise Problem("bad-request", faults=[Fault("after" if after else "before", text, after or before)])
    return page


class InitiativeDetailView(PublicView):
    name, group = "getInitiative", GROUP
    summary = gettext_lazy("One initiative")
    about = gettext_lazy(
        "With its files and its versions. Archived ones are marked; removed ones answer 410. An earlier version has "
        "the text and the mark that it was published with, and the status of that day."
    )
    parameters = (
        Parameter(
            "reference",
            {"type": "string", "pattern": "^INI-[0-9]{4}-[0-9]{6,9}$"},
            gettext_lazy("Number of the initiative."),
            example="INI-2026-000001",
            place="path",
        ),
        Parameter(
            "version",
            {"type": "integer", "minimum": 1, "maximum": VERSION_MAX},
            gettext_lazy("Number of an earlier version; the current one without it."),
            example=1,
        ),
    )
    shape = part("InitiativeInFull")
    problems = ("not-found", "gone")

    def read(self, request: HttpRequest, faults: list[Fault], *, reference: str, **kwargs: Any) -> dict[str, Any]:
        number = whole_number(request.GET, "version", faults, least=1, most=VERSION_MAX, default=None)
        self.refuse(faults)
        rows = Initiative.objects.select_related("organisation", "collection")
        initiative = rows.filter(reference=reference).first()
        if initiative is None:
            raise Problem("not-found", _("There is no initiative with this reference."))
        if initiative.status == Initiative.Status.REMOVED:
            raise Problem("gone", initiative.removal_notice)
        found = self.of_version(initiative, number)
        if found is None:
            raise Problem("gone")
        return found

    def of_version(self, initiative: Initiative, number: int | None) -> dict[str, Any] | None:
        if number in (None, initiative.version):
            return records.current(initiative)
        version = initiative.versions.filter(number=number).first()
        if version is None:
            raise Problem("not-found", _("It has no version with this number."))
        return records.earlier(initiative, version)
