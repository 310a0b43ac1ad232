"""What is here already and looks like what somebody is typing: a part of a page, asked for beside the title."""

import re
import uuid

from allauth.core.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from countries.models import Region
from initiatives import duplicates
from initiatives.models import Submission
from initiatives.models.content import SOURCES_MAX, TITLE_MAX
from initiatives.views.mine import PrivateView
from initiatives.vocabulary import Scope

COUNTRY = re.compile(r"[A-Z]{2}")
COUNTRIES_MAX = 249
LONGEST = 2_000  # characters of a title or address that anybody looks at


class SimilarView(PrivateView):
    """Nothing at all where nothing looks like it. Parameters that make no sense are left out."""

    def get(self, request: HttpRequest) -> HttpResponse:
        refusal = consume_or_429(request, action="similar", limit_get=True)
        if refusal:
            return refusal
        matches = duplicates.likely(**_typed(request.GET), reader=request.user, exclude=self.being_written())
        if not matches:
            return HttpResponse()
        return render(request, "initiatives/_similar.html", {"matches": matches})

    def being_written(self) -> Submission | None:
        try:
            key = uuid.UUID(self.request.GET.get("submission", ""))
        except ValueError:
            return None
        return Submission.objects.of(self.request.user).filter(key=key).first()


def _typed(query: QueryDict) -> dict:
    """What was typed, as arguments of `duplicates.likely`."""
    scope, region = query.get("scope", ""), query.get("region", "")
    countries = [code for code in query.getlist("country")[:COUNTRIES_MAX] if COUNTRY.fullmatch(code)]
    return {
        "title": query.get("title", "")[: 4 * TITLE_MAX],
        "countries": tuple(dict.fromkeys(countries)),
        "scope": scope if scope in Scope else "",
        "region": region if region in Region else "",
        "urls": [url[:LONGEST] for url in query.getlist("url")[:SOURCES_MAX]],
    }
