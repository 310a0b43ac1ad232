"""What a filter finds, as a file: exactly what the list shows for the same address, in its order."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.views import View

from common.caching import kept_for_a_minute
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


class Asked(NamedTuple):
    """What somebody wants: which initiatives, in which form."""

    filter: InitiativeFilter
    format: str
    for_excel: bool

    @property
    def etag(self) -> str:
        """Weak: the time of day that stands in a file may differ."""
        said = ("export", self.format, self.for_excel, self.filter.canonical_query(), columns.VERSION)
        return f"W/{etag_of(public_state(), *said)}"


def file_name(found: InitiativeFilter, kind: str, ending: str) -> str:
    """Return a name that says where a file is from, what it is of, and the day."""
    words = [settings.SITE_NAME, kind, *(code for name in NAMED_AFTER for code in found.chosen.get(name, ()))]
    name = "-".join(slugify(word.replace("_", " ")) for word in words).strip("-")[:NAME_MAX].rstrip("-")
    return f"{name}-{status.today()}.{ending}"


class ExportView(View):
    """A file of the initiatives that the parameters of the address find."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, format: str) -> HttpResponseBase:
        asked = Asked(InitiativeFilter(request.GET, request=request), format, request.GET.get("variant") == EXCEL)
        etag = asked.etag  # before anything is read: what changes meanwhile is asked for again
        answer = get_conditional_response(request, etag=etag)
        if answer is None:
            answer = HttpResponse() if request.method == "HEAD" else self.file(request, asked)
        return self.with_headers(answer, asked, etag)

    def file(self, request: HttpRequest, asked: Asked) -> HttpResponseBase:
        limited = consume_or_429(request, action="export", limit_get=True)
        if limited:
            limited["Retry-After"] = "60"
            return limited
        ids = ids_in_order(asked.filter)
        if asked.format == "xlsx" and len(ids) > sheets.ROWS_MAX:
            return too_many(request, asked, len(ids))
        if asked.format == "xlsx":
            request.META.pop("HTTP_ACCEPT_ENCODING", None)  # it is compressed already
        response = answer_of(asked, ids)
        response["X-Row-Count"] = str(len(ids))
        return response

    def with_headers(self, answer: HttpResponseBase, asked: Asked, etag: str) -> HttpResponseBase:
        answer["X-Robots-Tag"] = "noindex"
        if answer.status_code not in (200, 304):
            return answer
        answer["ETag"] = etag
        answer["Access-Control-Allow-Origin"] = "*"  # public, and the same for everybody
        answer["Access-Control-Expose-Headers"] = "X-Row-Count, ETag"
        kept_for_a_minute(answer)
        if answer.status_code == 200:
            answer["Content-Type"] = TYPES[asked.format]
            answer["Content-Disposition"] = (
                f'attachment; filename="{file_name(asked.filter, "initiatives", asked.format)}"'
            )
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
        query=asked.filter.canonical_query(), filters=asked.filter.chosen, count=len(ids)
    )
    if asked.format == "xlsx":
        return StreamingHttpResponse(sheets.xlsx_bytes(chunks, head))
    text = documents.json_text if asked.format == "json" else documents.geojson_text
    return StreamingHttpResponse(text(chunks, head))


def too_many(request: HttpRequest, asked: Asked, count: int) -> HttpResponse:
    """Say that a sheet of so many rows is not made, and what there is instead."""
    context = {"count": count, "limit": sheets.ROWS_MAX, "query": asked.filter.canonical_query()}
    return render(request, "initiatives/data/too_many.html", context, status=400)
