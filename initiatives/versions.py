"""Kept versions of initiatives: read from their JSON and from nothing else, and drawn by the public templates."""

import datetime
from collections.abc import Mapping
from typing import Any, Self

from taggit.models import Tag

from accounts.models import Organisation
from common.dates import PartialDate, Precision
from countries.models import Country
from initiatives import status
from initiatives.models import Collection, Initiative, InitiativeAttachment, InitiativeSource, InitiativeVersion
from initiatives.models.content import SOURCES_MAX
from initiatives.vocabulary import Mark, MeasureStatus

# Columns of the schema that hold what a field of the same name holds.
_PLAIN = (
    *"title summary description language relation scope region theme instrument compliance phase".split(),
    *"results challenges lessons contact_point declared_status".split(),
)
_LISTS = "partners further_themes measure_types target_groups technologies sdgs".split()


class Rows(list):
    """Rows that are asked for as those of a model are."""

    def all(self) -> Self:
        return self


class KeptText:
    """The text of a version, with the names that templates and filters ask an initiative for.

    `initiative` (as `whole.read` gives it) lends what is the same in every version: reference, address, origin, whether
    it is archived. The status of the measure is the one of the day on which the version was published.
    """

    def __init__(self, initiative: Initiative, version: InitiativeVersion) -> None:
        row = version.content
        self.published_at = version.published_at
        self.row = Initiative(**_columns(initiative, version, row))
        self.countries = countries_of(row)
        self.sources = sources_of(row)
        self.attachments = Rows(_attachments(initiative, row))
        self.tags = Rows(Tag(name=name) for name in row.get("tags", []))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    @property
    def measure_status(self) -> MeasureStatus:
        return status.of(self.row, self.published_at.date())


def number_of(text: str) -> int:
    """Return the number that `?version=` asks for, 0 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 0


def until(version: InitiativeVersion) -> datetime.datetime | None:
    """Return when the next version took the place of this one; None for the current one."""
    later = InitiativeVersion.objects.filter(initiative=version.initiative_id, number=version.number + 1)
    return later.values_list("published_at", flat=True).first()


def _columns(initiative: Initiative, version: InitiativeVersion, row: dict[str, Any]) -> dict[str, Any]:
    published = version.published_at.date()
    return {
        **content_columns(row),
        **{name: getattr(initiative, name) for name in ("pk", "reference", "slug", "status", "origin")},
        "version": version.number,
        "mark": row.get("mark", Mark.NOT_CHECKED),
        "published_on": datetime.date.fromisoformat(row["published_on"]),
        "confirmed_on": published if row.get("mark") == Mark.CONFIRMED else None,
        "author_is_confirmed": True,  # a version does not hold it, so its page does not speak of it
        "collection": _collection(initiative, row.get("collection", "")),
        "organisation": _organisation(initiative, row),
    }


def content_columns(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a kept text that are neither rows of their own nor relations."""
    return {
        **{name: row.get(name, "") for name in _PLAIN},
        **{name: row.get(name, []) for name in _LISTS},
        **_date("starts", row.get("starts_on", ""), first=True),
        **_date("ends", row.get("ends_on", ""), first=False),
        "stakeholder_type": row.get("organisation_type", ""),
        "end_kind": row.get("end", ""),
        "declared_on": datetime.date.fromisoformat(row["declared_on"]) if row.get("declared_on") else None,
    }


def _date(name: str, text: str, *, first: bool) -> dict[str, Any]:
    date = PartialDate.parse(text) if text else None
    if date is None:
        return {f"{name}_on": None, f"{name}_precision": Precision.DAY}
    return {f"{name}_on": date.first if first else date.last, f"{name}_precision": date.precision}


def _collection(initiative: Initiative, slug: str) -> Collection:
    same = initiative.collection.slug == slug
    found = initiative.collection if same else Collection.objects.filter(slug=slug).first()
    return found or Collection(slug=slug, name=slug)


def _organisation(initiative: Initiative, row: dict[str, Any]) -> Organisation:
    """Return the row that bears the name of then, with its mark of today; else the name alone, which leads nowhere."""
    name, country = row.get("organisation", ""), row.get("organisation_country") or None
    current = initiative.organisation
    same = (current.name, current.country_id) == (name, country)
    return current if same else Organisation(name=name, country_id=country)


def countries_of(row: Mapping[str, Any]) -> Rows:
    return Rows(Country.objects.filter(iso2__in=row.get("countries", [])))


def sources_of(row: Mapping[str, Any]) -> Rows:
    found = Rows()
    for number in range(1, SOURCES_MAX + 1):
        url, title, body, kind = (row.get(f"source{number}_{name}", "") for name in ("url", "title", "body", "kind"))
        if url:
            found.append(InitiativeSource(position=number - 1, url=url, title=title, issuing_body=body, kind=kind))
    return found


def _attachments(initiative: Initiative, row: dict[str, Any]) -> list[InitiativeAttachment]:
    """Return the files of then. Only those that still belong to the initiative have a key: the others are names."""
    current = {file.sha256: file.pk for file in initiative.attachments.all()}
    return [InitiativeAttachment(pk=current.get(file["sha256"]), **file) for file in row.get("attachments", [])]
