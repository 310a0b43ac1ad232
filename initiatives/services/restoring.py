"""The way back from a kept text to a row: what `initiatives.schema.draft_content` wrote, as columns."""

import datetime
from collections.abc import Mapping
from typing import Any

from common.dates import PartialDate, Precision
from countries.models import Country
from initiatives.models import Collection, Initiative
from initiatives.models.content import SOURCES_MAX

_SAME = (
    *"title summary description language relation partners scope region theme further_themes measure_types".split(),
    *"instrument compliance phase target_groups technologies sdgs declared_status".split(),
    *"results challenges lessons contact_point".split(),
)


def values_of(text: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that the content of a kept text fills; the organisation is not among them."""
    start, end = (PartialDate.parse(text[name]) if text[name] else None for name in ("starts_on", "ends_on"))
    declared_on = text.get("declared_on")
    return {name: text[name] for name in _SAME if name in text} | {
        "collection_id": _key_of(Collection, slug=text["collection"]),
        "follows_id": _key_of(Initiative, reference=text["follows"]),
        "end_kind": text["end"],
        "starts_on": start and start.first,
        "starts_precision": start.precision if start else Precision.DAY,
        "ends_on": end and end.last,
        "ends_precision": end.precision if end else Precision.DAY,
        "declared_on": datetime.date.fromisoformat(declared_on) if declared_on else None,
        "tag_names": list(text["tags"]),
    }


def countries_of(text: Mapping[str, Any]) -> list[Country]:
    return list(Country.objects.filter(iso2__in=text["countries"]))


def sources_of(text: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the sources as `save_draft` takes them."""
    parts = {"url": "url", "title": "title", "issuing_body": "body", "kind": "kind"}
    rows = [
        {name: text[f"source{number}_{part}"] for name, part in parts.items()} for number in range(1, SOURCES_MAX + 1)
    ]
    return [row for row in rows if row["url"]]


def _key_of(model, **named: str) -> int | None:
    return model.objects.filter(**named).values_list("pk", flat=True).first() if all(named.values()) else None
