"""The columns of the schema, each with what it means: one table for files, template, import and dictionary.

Whoever changes a column, its form or its codes raises VERSION and adds a line to data/schema_versions.json; a test
compares the fingerprint that stands there.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import StakeholderType
from countries.models import Region
from initiatives.models.content import SOURCES_MAX
from initiatives.vocabulary import (
    MEASURE_LABELS,
    Compliance,
    ContentLanguage,
    EndKind,
    Instrument,
    Mark,
    MeasureStatus,
    Phase,
    Relation,
    Scope,
    Sdg,
    SourceKind,
    TargetGroup,
    Technology,
    Theme,
)

VERSION = 1
VERSIONS = Path(__file__).parent / "data" / "schema_versions.json"
STRING, INTEGER, DATE, LIST, NUMBERS = "string", "integer", "date", "list", "list of integers"
PARTIAL = "2020, 2020-03 or 2020-03-23"
TEXT, CODE, CODES = _("text"), _("a code of the list"), _("codes of the list")


@dataclass(frozen=True)
class Column:
    """A column: what its cells hold (`kind`), how that is written (`form`), what it means, and its codes if closed."""

    name: str
    kind: str
    form: Any
    meaning: Any
    codes: tuple[tuple[Any, Any], ...] = ()
    required: bool = False  # never empty
    since: int = 1  # version of the schema

    @property
    def is_list(self) -> bool:
        return self.kind in (LIST, NUMBERS)


def _text(name: str, meaning: Any, form: Any = TEXT, **more: Any) -> Column:
    return Column(name, STRING, form, meaning, **more)


def _code(name: str, meaning: Any, choices: Iterable, **more: Any) -> Column:
    return Column(name, STRING, CODE, meaning, tuple(choices), **more)


def _codes(name: str, meaning: Any, choices: Iterable, kind: str = LIST) -> Column:
    return Column(name, kind, CODES, meaning, tuple(choices))


def _sources() -> Iterable[Column]:
    for number in range(1, SOURCES_MAX + 1):
        yield _text(f"source{number}_url", _("Where the measure can be read about."), _("web address"))
        yield _text(f"source{number}_title", _("Title of the source."))
        yield _text(f"source{number}_body", _("Who issued the source."))
        yield _code(f"source{number}_kind", _("What the source is."), SourceKind.choices)


ISO2 = _("ISO 3166-1 alpha-2")
TABLE: tuple[Column, ...] = (
    _text("reference", _("Number of the initiative, never used again."), _("INI, year and six digits"), required=True),
    _text("collection", _("The call that it answers."), _("short name in addresses"), required=True),
    _text("title", _("Title, in the language of the text."), _("text of up to 150 characters"), required=True),
    _text("summary", _("What was done, in short."), _("text of up to 1,200 characters"), required=True),
    _text("description", _("How it works."), _("Markdown of up to 8,000 characters")),
    _code("language", _("Language of the text."), ContentLanguage.choices, required=True),
    _text("organisation", _("Name of the organisation that answers for it, or that is said to."), required=True),
    _code("organisation_type", _("What kind of stakeholder it is."), StakeholderType.choices, required=True),
    _text("organisation_country", _("Its country or territory; empty for international ones."), ISO2),
    _code("relation", _("What the organisation has to do with the measure."), Relation.choices),
    Column("partners", LIST, _("names"), _("Others who took part.")),
    _code("scope", _("How far it reaches."), Scope.choices, required=True),
    Column("countries", LIST, ISO2, _("Countries and territories that it names; none where it is regional or global.")),
    _code("region", _("The ITU region, where the scope is one region."), Region.choices),
    _code("theme", _("Its main theme."), Theme.choices, required=True),
    _codes("further_themes", _("Up to two more themes."), Theme.choices),
    _codes("measure_types", _("What was done, by types of its themes."), MEASURE_LABELS.items()),
    _code("instrument", _("By what kind of instrument."), Instrument.choices),
    _code("compliance", _("Whether those concerned must follow it."), Compliance.choices),
    _code("phase", _("Phase of the crisis."), Phase.choices),
    _codes("target_groups", _("Whom it is for."), TargetGroup.choices),
    _codes("technologies", _("Technologies concerned."), Technology.choices),
    _codes("sdgs", _("Sustainable Development Goals, by number."), Sdg.choices, NUMBERS),
    _text("starts_on", _("Its first day, as far as it is known; empty: not known."), PARTIAL),
    _text("ends_on", _("Its last day, where it ends on a date."), PARTIAL),
    _code("end", _("What is known about its end."), EndKind.choices),
    _code("status", _("Status of the measure on the day of the file, computed."), MeasureStatus.choices, required=True),
    _text("follows", _("The earlier initiative that it updates, extends, replaces or corrects."), _("a reference")),
    Column("tags", LIST, _("words"), _("Free words.")),
    _text("results", _("What came of it.")),
    _text("challenges", _("What was difficult.")),
    _text("lessons", _("What others may learn.")),
    _text("contact_point", _("Whom to ask."), _("functional mailbox or web address")),
    *_sources(),
    Column("published_on", DATE, "2020-03-23", _("Day of its first publication here."), required=True),
    Column("version", INTEGER, _("number"), _("Number of the public version."), required=True),
    _code("mark", _("How far it can be trusted."), Mark.choices, required=True),
    _text("source_dataset", _("For imports only; always empty in downloads.")),
    _text("source_id", _("For imports only; always empty in downloads.")),
)


def fingerprint() -> str:
    """Return a digest of what programs rely on: names, order, forms and codes, not the wording."""
    said = [(c.name, c.kind, c.required, c.since, [str(code) for code, _label in c.codes]) for c in TABLE]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@cache
def versions() -> list[dict[str, Any]]:
    """Return the versions of the schema, newest first: number, date, fingerprint, and what has changed."""
    return sorted(json.loads(VERSIONS.read_text(encoding="utf-8")), key=lambda one: -one["version"])
