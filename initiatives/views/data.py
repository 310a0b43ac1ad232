"""Open data: the page that explains it, the schema for machines, and the nightly dumps."""

import json
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag
from django.views import View
from django.views.generic import TemplateView

from common.caching import kept_by_anybody, kept_for_a_minute
from common.ranges import bytes_of, partial
from common.scripts import for_scripts
from initiatives import columns, finding
from initiatives.exports import about, described, dictionary, dumps, sheets
from initiatives.kept import part
from initiatives.models import Collection

LATEST = "latest"
KEPT = (200, 206, 302, 304)  # statuses that may be kept
_OTHER_SOURCES = tuple(f"source{number}_" for number in range(2, 10))
TYPES = {
    ".gz": "application/gzip",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}


class DataView(TemplateView):
    """What there is to take away, and what its columns mean."""

    template_name = "initiatives/data/data.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        index = finding.current()
        return super().get_context_data(
            content=part(index, "initiatives/data/_content.html", content),
            dataset=part(index, "initiatives/data/_dataset.html", lambda: dataset(index)),
            canonical=about.address("initiatives:data"),
            **kwargs,
        )


def content() -> dict[str, Any]:
    """Return what the page shows. The log tells when a dump comes or goes, so it may be kept."""
    found = dumps.dumps()
    return {
        "site_name": settings.SITE_NAME,
        "columns": [_line_of(column) for column in columns.TABLE if not column.name.startswith(_OTHER_SOURCES)],
        "code_lists": [(name, codes) for codes, name in code_lists().items()],
        "collections": Collection.objects.all(),
        "version": columns.VERSION,
        "versions": [{**one, "day": date.fromisoformat(one["date"])} for one in columns.versions()],
        "latest": found[0] if found else None,
        "earlier": found[1:],
        "days_kept": dumps.KEPT,
        "sheet_rows": sheets.ROWS_MAX,
        "licence": about.LICENCE,
        "home": about.address("portal:home"),
    }


def dataset(index: finding.Index) -> dict[str, Any]:
    """Return what the page says of the data to machines."""
    return {"dataset": described.dataset_data(index, next(iter(dumps.dumps()), None))}


@cache
def code_lists() -> dict[tuple, str]:
    """Return each closed list once, and the name of the first column that has it."""
    lists: dict[tuple, str] = {}
    for column in columns.TABLE:
        if column.codes:
            lists.setdefault(column.codes, column.name)
    return lists


def _line_of(column: columns.Column) -> dict[str, Any]:
    return {**vars(column), "is_list": column.is_list, "list_name": code_lists().get(column.codes)}


@for_scripts
def datapackage(request: HttpRequest) -> HttpResponse:
    """The schema of the CSV download, as a data package."""
    table = dictionary.resource(
        "initiatives", about.address("initiatives:export", "", "csv"), dictionary.table_schema()
    )
    body = json.dumps(dictionary.package([table]), ensure_ascii=False, indent=1)
    return kept_by_anybody(request, body, lambda: HttpResponse(body, content_type="application/json"))


@method_decorator(for_scripts, name="dispatch")
class DumpView(View):
    """A file of the dump of a day, or of the latest one. Only what a manifest names is ever opened."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, day: str, name: str) -> HttpResponseBase:
        response = self.latest(name) if day == LATEST else self.file(request, dumps.dump_of(day), name)
        response["X-Robots-Tag"] = "noindex"
        if response.status_code in KEPT:
            kept_for_a_minute(response)
        return response

    def latest(self, name: str) -> HttpResponseBase:
        found = next(iter(dumps.dumps()), None)
        if not found or not found.file(name):
            raise Http404
        return redirect("initiatives:dump", found.day, name)

    def file(self, request: HttpRequest, dump: dumps.Dump | None, name: str) -> HttpResponseBase:
        file = dump and dump.file(name)
        if not file:
            raise Http404
        etag = quote_etag(file["sha256"])
        response = get_conditional_response(request, etag=etag) or self.send(request, dump, file, etag)
        response["ETag"] = etag
        return response

    def send(self, request: HttpRequest, dump: dumps.Dump, file: dict[str, Any], etag: str) -> HttpResponseBase:
        name, size = file["name"], file["size"]
        kind = next((kind for ending, kind in TYPES.items() if name.endswith(ending)), "text/plain; charset=utf-8")
        wanted = bytes_of(request, size, etag)
        if wanted or name.endswith(".gz"):
            request.META.pop("HTTP_ACCEPT_ENCODING", None)  # it is compressed already, or told by its own bytes
        try:
            content = dumps.open_file(dump, name)
        except FileNotFoundError:  # deleted this moment
            raise Http404 from None
        response = FileResponse(content, as_attachment=True, filename=f"{dump.day}-{name}", content_type=kind)
        response["Accept-Ranges"] = "bytes"
        return response if wanted is None else partial(response, content, wanted, size)
