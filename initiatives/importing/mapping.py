"""A row of the schema becomes an entry: what a form would have been given, its sources, and where it came from.

The rules for what has no contributor ("Three origins" of the product):
- relation is observer, whatever the row says: whoever compiled it did not issue it;
- a missing start stays unknown, a missing end is "not announced"; instrument, compliance, phase may be not stated;
- a summary over the limit is cut at a sentence, and the whole goes to the description;
- measure words that match no type of the record's themes become tags;
- without an organisation, "Government of COUNTRY (as reported)" stands in; for several countries "Several governments
  (as reported)", without a country, because up to 30 names are no name;
- reference, version, mark and day of publication are the portal's to give, so they are read by nobody; of the status
  only "ended" and "revoked" can be said, the others are computed.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import StakeholderType
from common.text import cut_at_sentence
from initiatives.importing import measures, repair
from initiatives.importing.readers import EXTRA, Row
from initiatives.models import content as limits
from initiatives.schema import COLUMNS, SEPARATOR
from initiatives.vocabulary import EndKind, MeasureStatus, Relation, Scope, SourceKind

FILE = "file"  # the dataset of rows that name none
SEVERAL_GOVERNMENTS = "Several governments (as reported)"
# Addresses are taken apart as they stand: one that is lost must not cost the row, if the cell has another.
_REPAIRS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys((name for name in COLUMNS if not name.endswith("_url")), repair.line),
    **dict.fromkeys(("summary", "results", "challenges", "lessons"), repair.block),
    "description": repair.markdown,
}
_PLAIN = "title region results challenges lessons contact_point follows".split()
_LISTS = "partners further_themes target_groups technologies sdgs".split()
_NOT_CONTENT = frozenset("reference published_on version mark source_dataset source_id".split())
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?(Z|\+00:00)?$")


@dataclass
class Entry:
    """What a form would have been given (`data`, by column), the sources in order, and a note for staff."""

    data: dict[str, Any]
    sources: list[dict[str, str]]
    source_dataset: str
    source_id: str
    reference: str = ""  # that the row bears, from this or another installation
    note: str = ""


@dataclass(frozen=True)
class Defaults:
    """What a file does not say: the code of the collection, that of the theme, the countries' names by code."""

    collection: str
    theme: str = ""
    countries: Mapping[str, str] = field(default_factory=dict)


class _Cells:
    """The repaired cells of a row; what is wrong with them is collected, so that a report names it all at once."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.problems: dict[str, list[ValidationError]] = {}
        self.notes: list[str] = []
        self.text = {name: self.read(name, how, row[name]) for name, how in _REPAIRS.items() if name in row}

    def __getitem__(self, column: str) -> str:
        return self.text.get(column, "")

    def read(self, column: str, how: Callable[..., str], *values: Any) -> str:
        """Return what `how` makes of the values, or nothing and a problem of `column`."""
        try:
            return how(*values)
        except ValidationError as error:
            self.complain(column, error)
            return ""

    def list(self, column: str) -> list[str]:
        return split(self[column])

    def complain(self, column: str, error: Any) -> None:
        problem = error if isinstance(error, ValidationError) else ValidationError(error)
        self.problems.setdefault(column, []).append(problem)


def split(cell: str) -> list[str]:
    """Return the values that a cell holds."""
    return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]


def entry_of(row: Row, defaults: Defaults, *, doubt_language: bool = False) -> Entry:
    """Return the entry of a schema row; raise ValidationError, by column, for what cannot be read.

    `doubt_language`: the file's languages were found by a machine and are not trusted against the text.
    """
    cells = _Cells(row)
    if row.get(EXTRA):
        cells.complain(EXTRA, _("The row has more cells than there are columns."))
    data = _content(cells, defaults)
    if cells["language"]:
        data["language"] = cells.read("language", repair.language, cells["language"], cells["summary"], doubt_language)
    sources = _sources(cells)
    if cells.problems:
        raise ValidationError(cells.problems)
    number = cells["source_id"] or _digest(row)
    return Entry(data, sources, cells["source_dataset"] or FILE, number, cells["reference"], "\n".join(cells.notes))


def _content(cells: _Cells, defaults: Defaults) -> dict[str, Any]:
    countries = _countries(cells, defaults)
    themes = [cells["theme"] or defaults.theme, *cells.list("further_themes")]
    if not themes[0]:
        cells.complain("theme", _("No theme is named, here or with --theme."))
    if not cells["collection"] and not defaults.collection:
        cells.complain("collection", _("No collection is named, here or with --collection."))
    types, tags = measures.sort_words(cells.list("measure_types"), themes)
    data: dict[str, Any] = {name: cells[name] for name in _PLAIN}
    data |= {name: cells.list(name) for name in _LISTS}
    data |= {name: cells[name] or "not_stated" for name in ("instrument", "compliance", "phase")}
    data |= {"measure_types": types, "tags": measures.add_tags(cells.list("tags"), tags)}
    data |= {"collection": cells["collection"] or defaults.collection, "relation": Relation.OBSERVER.value}
    data |= {"theme": themes[0], "countries": countries, "scope": cells["scope"] or _scope(cells, countries)}
    data |= {"starts": _day(cells["starts_on"]), "ends": _day(cells["ends_on"])}
    return data | _texts(cells) | _end(cells) | _organisation(cells, countries, defaults)


def _texts(cells: _Cells) -> dict[str, str]:
    summary, description = cells["summary"], cells["description"]
    if len(summary) > limits.SUMMARY_MAX:
        description = f"{summary}\n\n{description}".strip()
        summary = cut_at_sentence(summary, limits.SUMMARY_MAX)
    return {"summary": summary, "description": description}


def _countries(cells: _Cells, defaults: Defaults) -> list[str]:
    codes = list(dict.fromkeys(code.upper() for code in cells.list("countries")))
    unknown = [code for code in codes if code not in defaults.countries]
    if unknown:
        message = _("No code of a country or territory (ISO 3166-1): %(codes)s.")
        cells.complain("countries", message % {"codes": ", ".join(unknown)[:80]})
    return codes


def _scope(cells: _Cells, countries: list[str]) -> str:
    if countries:
        return Scope.NATIONAL.value if len(countries) == 1 else Scope.MULTI_COUNTRY.value
    if cells["region"]:
        return Scope.REGIONAL.value
    if not cells.problems.get("countries"):
        cells.complain("countries", _("No country or territory is named."))
    return ""


def _day(cell: str) -> str:
    """Drop the midnight that programs add to a day."""
    return _MIDNIGHT.sub("", cell)


def _end(cells: _Cells) -> dict[str, str]:
    """The answer about the end, and whether the measure ended or was revoked without a date."""
    kind = cells["end"] or (EndKind.DATE.value if cells["ends_on"] else EndKind.NOT_ANNOUNCED.value)
    status = cells["status"]
    if status and status not in MeasureStatus:
        cells.complain("status", _("“%(status)s” is no status of a measure.") % {"status": status[:40]})
    said = status == MeasureStatus.REVOKED or (status == MeasureStatus.ENDED and kind != EndKind.DATE)
    return {"end_kind": kind, "declared_status": status if said else ""}


def _organisation(cells: _Cells, countries: list[str], defaults: Defaults) -> dict[str, str]:
    if cells["organisation"]:
        country = cells["organisation_country"].upper()
        if country and country not in defaults.countries:
            cells.complain("organisation_country", _("No code of a country or territory (ISO 3166-1)."))
        names = ("organisation_name", "organisation_type", "organisation_country")
        return dict(zip(names, (cells["organisation"], cells["organisation_type"], country), strict=True))
    if not countries and not cells.problems:
        cells.complain("organisation", _("Neither an organisation nor a country is named."))
    one = countries[0] if len(countries) == 1 else ""
    name = f"Government of {defaults.countries.get(one, one)} (as reported)" if one else SEVERAL_GOVERNMENTS
    government = StakeholderType.POLICY_MAKER.value
    return {"organisation_name": name, "organisation_type": government, "organisation_country": one}


def _sources(cells: _Cells) -> list[dict[str, str]]:
    """Every valid address, the first five; title, body and kind belong to the first of their cell."""
    sources: list[dict[str, str]] = []
    errors: list[ValidationError] = []
    for number in range(1, limits.SOURCES_MAX + 1):
        found, wrong = repair.web_addresses(cells.row.get(f"source{number}_url", ""))
        errors += wrong
        first = {"title": cells[f"source{number}_title"], "issuing_body": cells[f"source{number}_body"]}
        first["kind"] = cells[f"source{number}_kind"]
        sources += [{**(first if place == 0 else {}), "url": url} for place, url in enumerate(found)]
    for error in errors:
        cells.notes.append(f"Left out of the sources: {error.messages[0]}")
    if not sources:
        cells.complain("source1_url", errors[0] if errors else _("There is no web address of a source."))
    empty = {"title": "", "issuing_body": "", "kind": ""}
    sources = [{**empty, **source, "kind": source.get("kind") or SourceKind.OTHER.value} for source in sources]
    return sources[: limits.SOURCES_MAX]


def _digest(row: Row) -> str:
    """A number for a row without one: the same content has the same, wherever and in whatever order it stands."""
    content = {name: row[name].strip() for name in COLUMNS if name not in _NOT_CONTENT and row.get(name, "").strip()}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
