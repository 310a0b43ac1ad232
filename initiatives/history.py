"""The public history of an initiative: its versions, and what was decided about it. Nobody is named in it."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.comparison import Names, compare
from initiatives.models import Initiative, InitiativeVersion
from initiatives.vocabulary import Mark

# Decisions of public interest; every other move is the moderators' own affair.
MOVES = {
    "archive": _("Archived: kept for the record"),
    "unarchive": _("Taken out of the archive"),
    "remove": _("Removed"),
    "restore": _("Made public again"),
    "confirm": _("Confirmed: it still holds"),
    "source_seen": _("A moderator has seen a source"),
    "contest": _("Contested"),
    "settle": _("Not contested any more"),
    "doubt": _("Needs re-verification: a moderator doubts that it still holds"),
    "lapse": _("Needs re-verification: its review is overdue"),
}


TOLD_WHY = ("contest", "doubt")  # the page of the initiative said why as well, while it held


@dataclass(frozen=True)
class Entry:
    """One thing that happened, in words; a version where `version` says which."""

    at: datetime.datetime
    words: Any = ""
    reason: str = ""
    version: InitiativeVersion | None = None
    until: datetime.datetime | None = None
    changed: list[str] = field(default_factory=list)  # labels of fields, against the version before

    @property
    def mark(self) -> Any:
        """The trust mark that the version was published with."""
        value = self.version.content.get("mark") if self.version else ""
        return Mark(value).label if value in Mark else ""


def entries(initiative: Initiative) -> list[Entry]:
    """Return what happened to the initiative, newest first. Four queries at most."""
    versions = _versions(list(initiative.versions.order_by("number")))
    found = [*versions, *_decisions(initiative), *_doubts(initiative)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def _versions(rows: list[InitiativeVersion]) -> list[Entry]:
    found, names = [], Names(*(version.content for version in rows))
    for before, version, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        changed = compare(before.content, version.content, names=names).labels_of_changes() if before else []
        found.append(Entry(version.published_at, version=version, until=after and after.published_at, changed=changed))
    return found


def _decisions(initiative: Initiative) -> list[Entry]:
    told = initiative.decisions.filter(move__in=MOVES).order_by("pk")
    found = told.values_list("move", "decided_at", "public_reason")
    return [Entry(at, MOVES[move], reason if move in TOLD_WHY else "") for move, at, reason in found]


def _doubts(initiative: Initiative) -> list[Entry]:
    """What the checker of links found, which no decision says."""
    at = initiative.source_failing_since
    return [Entry(at, _("Needs re-verification: a source does not answer"))] if at else []
