"""What a filter finds, as a file: exactly what the list shows for the same address, in its order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.text import slugify
from django.views import View

from common.caching import kept_for_a_minute
from common.scripts import for_scripts
from initiatives import columns, status
from initiatives.exports import about, documents, reading, sheets, tables
from initiatives.filter_words import RELEVANCE
from initiatives.filters import InitiativeFilter
from initiatives.freshness import etag_of, public_state

NAMED_AFTER = ("country", "region", "theme", "status", "collection")  # filters that the file's name tells
NAME_MAX = 80  # characters of the file's name before the day
EXCEL = "excel"  # the variant of CSV that Excel opens by a double click

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "geojson": "application/geo+json",
}


@dataclass
class Asked:
    """What somebody wants: which initiatives, in which form."""

    filter: InitiativeFilter
    format: str
    for_excel: bool

    @cached_property
    def etag(self) -> str:
        """Weak: the time of day that stands in a file may differ.

        Texts to search in follow a change a little later, and no log tells when: a search is named by what it finds.
        """
        state = public_state()  # before anything is read: what changes meanwhile is asked for again
        said = ("export", self.format, self.for_excel, self.filter.canonical_query(), columns.VERSION)
        found = self.ids if self.is_search else ()
        return f"W/{etag_of(state, *said, self.filter.left_out, *found)}"

    @property
    def is_search(self) -> bool:
        return "q" in self.filter.chosen

    @cached_property
    def ids(self) -> Sequence[int]:
        return ids_in_order(self.filter)

    @property
    def count(self) -> int:
        """How many rows there are; where nothing is searched, without reading them."""
        return len(self.ids) if self.is_search else self.filter.found.total


def file_name(found: InitiativeFilter, kind: str, ending: str) -> str:
    """Return a name that says where a file is from, what it is of, which filters were not understood, and the day."""
    ignored = [name for name in found.left_out if name in found.filters and name != "sort"]
    words = [settings.SITE_NAME, kind, *(["ignored", *ignored] if ignored else [])]
    words += [code for name in NAMED_AFTER for code in found.chosen.get(name, ())]
    name = "-".join(slugify(word.replace("_", " ")) for word in words).strip("-")[:NAME_MAX].rstrip("-")
    return f"{name}-{status.today()}.{ending}"


@method_decorator(for_scripts, name="dispatch")
class ExportView(View):
    """A file of the initiatives that the parameters of the address find."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, format: str) -> HttpResponseBase:
        asked = Asked(InitiativeFilter(request.GET, request=request), format, request.GET.get("variant") == EXCEL)
        answer = get_conditional_response(request, etag=asked.etag)
        if answer is None:
            answer = self.head_of(request, asked) if request.method == "HEAD" else self.file(request, asked)
        return self.with_headers(answer, asked)

    def head_of(self, request: HttpRequest, asked: Asked) -> HttpResponseBase:
        """The head of the file, which is not made for it: nobody knows how long it would be."""
        return self.sent(request, asked, asked.count, lambda: StreamingHttpResponse(()))

    def file(self, request: HttpRequest, asked: Asked) -> HttpResponseBase:
        limited = consume_or_429(request, action="export", limit_get=True)
        if limited:
            limited["Retry-After"] = "60"
            return limited
        return self.sent(request, asked, len(asked.ids), lambda: answer_of(asked, asked.ids))

    def sent(self, request: HttpRequest, asked: Asked, count: int, make: Callable) -> HttpResponseBase:
        if asked.format == "xlsx" and count > sheets.ROWS_MAX:
            return too_many(request, asked, count)
        if asked.format == "xlsx":
            request.META.pop("HTTP_ACCEPT_ENCODING", None)  # it is compressed already
        response = make()
        response["X-Row-Count"] = str(count)
        return response

    def with_headers(self, answer: HttpResponseBase, asked: Asked) -> HttpResponseBase:
        answer["X-Robots-Tag"] = "noindex"
        if answer.status_code not in (200, 304):
            return answer
        answer["ETag"] = asked.etag
        kept_for_a_minute(with_left_out(answer, asked.filter))
        if answer.status_code == 200:
            answer["Content-Type"] = TYPES[asked.format]
            answer["Content-Disposition"] = (
                f'attachment; filename="{file_name(asked.filter, "initiatives", asked.format)}"'
            )
        return answer


def with_left_out(answer: HttpResponseBase, found: InitiativeFilter) -> HttpResponseBase:
    """Return the answer with a header that names, as a query string, what of the address nobody knows, if anything."""
    if found.left_out:
        answer["X-Ignored-Parameters"] = urlencode(found.left_out, doseq=True)
    return answer


def ids_in_order(found: InitiativeFilter) -> Sequence[int]:
    """Return the numbers of what is found, in the order of the list: the best match is not the database's to know."""
    ids = reading.ids_of(found.qs)
    if found.order != RELEVANCE:
        return ids
    places = {number: place for place, number in enumerate(found.ranking())}
    return sorted(ids, key=lambda number: places.get(number, len(places)))


def answer_of(asked: Asked, ids) -> HttpResponseBase:
    """Return the file of the initiatives `ids`. It begins before it is ready; a failure breaks it off."""
    chunks = reading.rows_of(ids)
    if asked.format == "csv":
        return StreamingHttpResponse(tables.csv_text(chunks, for_excel=asked.for_excel))
    head: dict[str, Any] = about.about(
        query=asked.filter.canonical_query(), filters=asked.filter.chosen, ignored=asked.filter.left_out, count=len(ids)
    )
    if asked.format == "xlsx":
        return StreamingHttpResponse(sheets.xlsx_bytes(chunks, head))
    text = documents.json_text if asked.format == "json" else documents.geojson_text
    return StreamingHttpResponse(text(chunks, head))


def too_many(request: HttpRequest, asked: Asked, count: int) -> HttpResponse:
    """Say that a sheet of so many rows is not made, and what there is instead."""
    context = {"count": count, "limit": sheets.ROWS_MAX, "query": asked.filter.canonical_query()}
    return render(request, "initiatives/data/too_many.html", context, status=400)
