"""The trust mark of an initiative: what was found when somebody looked, and what speaks against it since."""

from initiatives.models import Initiative
from initiatives.vocabulary import Mark, Relation

# Whatever else a mark is made of; each empty where nothing speaks against it.
DOUBTS = ("contested_since", "overdue_since", "source_failing_since")


def of(initiative: Initiative) -> Mark:
    """Return the mark that the initiative's facts amount to."""
    if initiative.contested_since:
        return Mark.CONTESTED
    if initiative.overdue_since or initiative.source_failing_since:
        return Mark.NEEDS_REVERIFICATION
    return Mark(initiative.checked)


def checked_by_people(initiative: Initiative) -> Mark:
    """Return what it means that a moderator has looked at the text and its source."""
    confirmed = initiative.author_is_confirmed and initiative.relation == Relation.ISSUING_BODY
    return Mark.CONFIRMED if confirmed else Mark.SOURCE_SEEN


def note(initiative: Initiative, **facts) -> bool:
    """Write the facts (`checked` or one of DOUBTS) and the mark that follows; return whether the mark changed."""
    before = initiative.mark
    for name, value in facts.items():
        setattr(initiative, name, value)
    initiative.mark = of(initiative)
    initiative.save(update_fields=[*facts, "mark", "changed_at"])
    return initiative.mark != before
