"""The launch content: real measures of 2020 and 2021, compiled from public sources for the first day of the portal.

They travel like every import (form, draft, submission, approval by the system account) and say so; none is marked as
checked. Their free words for measures are sorted by hand, in `data/launch_measure_types.json`.
"""

import datetime
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from initiatives.importing import measures
from initiatives.importing.admission import Admission
from initiatives.importing.mapping import Defaults, Entry, entry_of
from initiatives.models import Collection, Submission
from initiatives.schema import SEPARATOR
from initiatives.vocabulary import EndKind, Origin, Scope

DATA = Path(__file__).resolve().parent / "data"
DATASET = "launch"
REASON = "Compiled from public sources for the launch; not yet checked by a person."

# REG4COVID began on 23 March 2020; the others belong to the same crisis. None has an end yet: staff set it.
COLLECTIONS = {
    "reg4covid": (
        "REG4COVID",
        "What telecommunication regulators, ministries, operators and others did in the COVID-19 crisis to keep "
        "networks running and people connected.",
    ),
    "cyb4covid": (
        "CYB4COVID",
        "Advice, tools and help for staying safe online in the COVID-19 crisis: cybersecurity, privacy, children.",
    ),
    "ict-cases": (
        "ICT Case Repository",
        "Cases of digital technology used in the COVID-19 crisis, for health, learning, work and public services.",
    ),
}
_OPENS_ON = datetime.date(2020, 3, 23)
_REGIONS = {
    "Africa": "AFR",
    "Americas": "AMS",
    "Arab States": "ARB",
    "Asia-Pacific": "ASP",
    "CIS": "CIS",
    "Europe": "EUR",
}
_END = {True: EndKind.OPEN_ENDED, False: EndKind.DATE, "unknown": EndKind.NOT_ANNOUNCED}


def load_collections() -> None:
    """Make the three calls that are missing; what staff changed stays."""
    Collection.objects.bulk_create(
        [
            Collection(slug=slug, name=name, description=description, opens_on=_OPENS_ON)
            for slug, (name, description) in COLLECTIONS.items()
        ],
        ignore_conflicts=True,
    )


def load() -> int:
    """Publish the launch content that is not here yet and return how many were added.

    One query where nothing is missing. A record that was rejected or removed since stays so: it has its row.
    """
    records = {number_of(record): record for record in read(DATA / "launch.json")}
    here = set(Submission.objects.filter(source_dataset=DATASET).values_list("source_id", flat=True))
    missing = {number: record for number, record in records.items() if number not in here}
    if missing:
        load_collections()
        _publish(missing)
    return len(missing)


def _publish(records: Mapping[str, dict[str, Any]]) -> None:
    words = codes_by_word()
    admission = Admission(Origin.LAUNCH, approve=True, reason=REASON)
    defaults = Defaults("reg4covid", countries=admission.country_names)
    for number, record in records.items():
        with transaction.atomic():
            admission.admit(entry_of_record(number, record, words, defaults))


def read(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))


def codes_by_word() -> dict[str, list[str]]:
    """Return the codes of measure types that a word stands for; words that are tags stand for none."""
    found: dict[str, list[str]] = {}
    for code, words in json.loads((DATA / "launch_measure_types.json").read_text(encoding="utf-8")).items():
        for word in words:
            found.setdefault(word, []).extend([code] if code else [])
    return found


def number_of(record: Mapping[str, Any]) -> str:
    """Return the record's number in the dataset: titles are unique, and may be corrected here only with care."""
    return sha256(record["title"].encode()).hexdigest()[:16]


def entry_of_record(
    number: str, record: Mapping[str, Any], words: Mapping[str, list[str]], defaults: Defaults
) -> Entry:
    """Return the record as an entry; what it knows about its evidence goes to the note for staff."""
    entry = entry_of(dict(_cells(number, record, words)), defaults)
    entry.note = "\n".join([*_provenance(record), *filter(None, [entry.note])])
    return entry


def _cells(number: str, record: Mapping[str, Any], words: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for name in "title summary description language theme instrument compliance phase collection".split():
        yield name, record[name] or ""
    types, rest = measures.sort_words(record["measure_types"], [record["theme"]], words)
    yield "measure_types", SEPARATOR.join(types)
    yield "tags", SEPARATOR.join(measures.add_tags(record["tags"], rest))
    yield "countries", SEPARATOR.join(record["countries"])
    yield from _place(record)
    yield "starts_on", record["starts_on"] or ""
    yield "ends_on", record["ends_on"] or ""
    yield "end", _END[record["open_ended"]].value
    organisation = record["organisation"]
    yield "organisation", organisation["name"]
    yield "organisation_type", organisation["type"]
    yield "organisation_country", organisation["country_iso2"] or ""
    for place, source in enumerate(record["sources"], start=1):
        for column, key in (("url", "url"), ("title", "title"), ("body", "issuing_body"), ("kind", "source_type")):
            yield f"source{place}_{column}", source[key]
    yield "source_dataset", DATASET
    yield "source_id", number


def _place(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A regional record that names countries counts for them, as "several countries" does; those of the region's page
    find it all the same, for the page gathers what names a country of the region."""
    named = record["scope"] == Scope.REGIONAL and record["countries"]
    yield "scope", Scope.MULTI_COUNTRY.value if named else record["scope"]
    yield "region", "" if named else _REGIONS.get(record["itu_region"], "")


def _provenance(record: Mapping[str, Any]) -> Iterator[str]:
    yield f"Evidence: {record['evidence']}"
    for source in record["sources"]:
        yield f"Source known to the {source['source_precision']}: {source['url']}"
