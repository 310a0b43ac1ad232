"""The whole of what is public, described as one data set in the words of schema.org."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from initiatives.described import CONTEXT, website
from initiatives.exports.about import LICENCE, address
from initiatives.exports.dumps import Dump
from initiatives.finding import Index

_CSV, _JSON = "text/csv", "application/json"
_TYPES = {".csv": _CSV, ".csv.gz": "application/gzip", ".jsonl.gz": "application/gzip", ".json": _JSON}


def dataset_data(index: Index, latest: Dump | None) -> dict[str, Any]:
    """Return what is said of the data set: the downloads of now, and the files of the latest dump. No query."""
    days, _sets = index.days("starts")
    data = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": address("initiatives:data"),
        "url": address("initiatives:data"),
        "name": _("%(site)s: measures that kept networks up and people connected") % {"site": settings.SITE_NAME},
        "description": _(
            "Measures of regulators, ministries, operators and others to keep networks up and people connected in a "
            "crisis: who, where, when, by what instrument, with sources and how far each was checked."
        ),
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "creator": website(),
        "spatialCoverage": {"@type": "Place", "name": _("World")},
        "distribution": [_download(address("initiatives:export", "", kind), kind) for kind in ("csv", "json")],
    }
    if days:
        data["temporalCoverage"] = f"{days[0]}/.."
    if latest:
        data["dateModified"] = latest.day
        whole = [address("initiatives:dump", "", latest.day, file["name"]) for file in latest.files]
        data["distribution"] += [
            _download(url, kind) for url in whole for kind in ("csv.gz", "jsonl.gz") if kind in url
        ]
    return data


def _download(url: str, kind: str) -> dict[str, str]:
    return {"@type": "DataDownload", "contentUrl": url, "encodingFormat": _TYPES[f".{kind}"]}
