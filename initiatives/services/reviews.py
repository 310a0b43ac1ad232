"""What owners and staff say when somebody looks again: effects of the moves that keep an initiative's status."""

import datetime
from typing import Any

from accounts.rules import is_confirmed_member
from initiatives import status
from initiatives.models import Initiative
from initiatives.review_dates import next_date
from initiatives.services import marks
from initiatives.vocabulary import Mark, Relation
from moderation.models import Decision

TO_CORRECT = datetime.timedelta(days=30)  # for who says that they will
LATER = datetime.timedelta(days=90)  # for staff who put it off
DATING = ("confirm", "promise", "source_seen", "ask_later", "doubt")  # the moves below that set the next date
NOT_ASKED = {"review_asked_at": None, "review_reminded_at": None}


def round_until(day: datetime.date | None) -> dict[str, Any]:
    """Return the columns of a round that ends with the review of `day`."""
    return {"review_on": day, **NOT_ASKED}


def begun_by(initiative: Initiative) -> int:
    """Return the number of the decision that began the round, 0 where none did: the date alone may come twice."""
    dating = initiative.decisions.filter(move__in=DATING)
    return dating.order_by("-pk").values_list("pk", flat=True).first() or 0


def on_confirm(initiative: Initiative, decision: Decision) -> None:
    """An owner says that it still holds: no text changes, so nothing goes through the airlock."""
    facts = {"confirmed_on": status.today(), "overdue_since": None}
    if initiative.relation == Relation.ISSUING_BODY and _speaks_for(decision.decided_by, initiative):
        facts["checked"] = Mark.CONFIRMED
    marks.note(initiative, **facts, **round_until(next_date(initiative)))


def _speaks_for(person, initiative: Initiative) -> bool:
    return is_confirmed_member(person, initiative.organisation)


def on_promise(initiative: Initiative, decision: Decision) -> None:
    """An owner will correct it: they are asked again if they do not. What is doubted stays so until then."""
    marks.note(initiative, **round_until(status.today() + TO_CORRECT))


def on_source_seen(initiative: Initiative, decision: Decision) -> None:
    """A moderator has read a source. `confirmed_on` stays: that the measure holds is for its issuing body to say."""
    facts = {"overdue_since": None, "source_failing_since": None}
    if initiative.checked == Mark.NOT_CHECKED:
        facts["checked"] = Mark.SOURCE_SEEN
    marks.note(initiative, **facts, **round_until(next_date(initiative)))


def on_ask_later(initiative: Initiative, decision: Decision) -> None:
    marks.note(initiative, **round_until(status.today() + LATER))


def on_contest(initiative: Initiative, decision: Decision) -> None:
    marks.note(initiative, contested_since=decision.decided_at)


def on_settle(initiative: Initiative, decision: Decision) -> None:
    marks.note(initiative, contested_since=None)


def on_doubt(initiative: Initiative, decision: Decision) -> None:
    """A moderator doubts it: its owners are asked now, not only when its review comes."""
    marks.note(initiative, overdue_since=decision.decided_at, **round_until(status.today()))


def on_lapse(initiative: Initiative, decision: Decision) -> None:
    """Nobody has answered. The question stays open: an answer that comes late still counts."""
    marks.note(initiative, overdue_since=decision.decided_at)
