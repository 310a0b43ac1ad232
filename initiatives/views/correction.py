"""The public text beside the draft that corrects it."""

from dataclasses import dataclass
from typing import Self

from initiatives import schema
from initiatives.comparison import compare
from initiatives.models import Initiative, InitiativeVersion, Submission

# Fields of the page that are called otherwise than the columns they fill.
FIELD_OF = {"starts_on": "starts", "ends_on": "ends"}


@dataclass(frozen=True)
class Correction:
    """What is public now, in words by field, where the draft says something else; and what has changed meanwhile."""

    initiative: Initiative
    public: dict[str, str]
    changed: InitiativeVersion | None

    @classmethod
    def of(cls, submission: Submission) -> Self:
        initiative = submission.initiative
        found = compare(schema.version_content(initiative), schema.draft_content(submission))
        public: dict[str, list[str]] = {}
        for field in found.changed:
            public.setdefault(FIELD_OF.get(field.name, field.name), []).append(field.old.text)
        newer = initiative.versions.filter(published_at__gt=submission.created_at).defer("content").first()
        return cls(initiative, {name: "\n\n".join(filter(None, texts)) for name, texts in public.items()}, newer)
