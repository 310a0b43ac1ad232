"""Rows as JSON and GeoJSON: one object a line, lists as arrays, nothing where nothing is known."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings

from countries.models import Country
from initiatives.columns import TABLE
from initiatives.exports.tables import Chunks

_SOURCE = ("url", "title", "body", "kind")
_PLAIN = [column.name for column in TABLE if not column.name.startswith("source")]
_NUMBERS = range(1, 1 + sum(column.name.endswith("_url") for column in TABLE))
_KEPT = {column.name for column in TABLE if column.is_list}  # an empty list is a list

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def item_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the schema as an object: sources in one list, null for what is empty, and the page's address."""
    item = {name: row[name] if name in _KEPT else row[name] or None for name in _PLAIN}
    item["sources"] = [
        {name: row[f"source{number}_{name}"] or None for name in _SOURCE}
        for number in _NUMBERS
        if row[f"source{number}_url"]
    ]
    item["url"] = f"{settings.SITE_URL}/initiatives/{row['reference']}/"
    return item


def json_text(chunks: Chunks, about: Mapping[str, Any]) -> Iterator[str]:
    """Yield one object: what `about` says, then the `items`."""
    return _within({**about}, "items", chunks, item_of)


def json_lines(chunks: Chunks) -> Iterator[str]:
    """Yield an object a line and nothing else (JSON Lines)."""
    for rows in chunks:
        yield "".join(_dumps(item_of(row)) + "\n" for row in rows)


def geojson_text(chunks: Chunks, about: Mapping[str, Any]) -> Iterator[str]:
    """Yield a feature collection (RFC 7946) with a feature for each row: the points of the countries that it names.

    What is regional or global names none and has no geometry.
    """
    points = {country.iso2: [country.longitude, country.latitude] for country in Country.objects.all()}

    def feature(row: Mapping[str, Any]) -> dict[str, Any]:
        named = [points[iso2] for iso2 in row["countries"]]
        geometry = {"type": "MultiPoint", "coordinates": named} if named else None
        return {"type": "Feature", "id": row["reference"], "geometry": geometry, "properties": item_of(row)}

    return _within({"type": "FeatureCollection", **about}, "features", chunks, feature)


def _within(head: dict[str, Any], name: str, chunks: Chunks, make: Callable) -> Iterator[str]:
    """Yield `head` with one more member, a list of what `make` makes of each row. Cut off anywhere it is no JSON."""
    yield f'{_dumps(head)[:-1]},"{name}":['
    comma = "\n"
    for rows in chunks:
        if rows:
            yield comma + ",\n".join(_dumps(make(row)) for row in rows)
            comma = ",\n"
    yield "\n]}\n"
