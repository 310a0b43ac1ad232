"""What tests of reviews share."""

import datetime
import re

from django.utils import timezone

from initiatives import status
from initiatives.models import Initiative
from initiatives.services import review_rounds
from tests.factories import make_initiative

LINKS = re.compile(r"http://testserver(/reviews/\S+)")
ANSWERS = ("valid", "ended", "correct")  # in the order of the letter


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def make_due(*, since: int = 0, asked: int | None = None, **changes) -> Initiative:
    """A public initiative whose review was due `since` days ago; its owners were asked `asked` days ago."""
    return set_due(make_initiative(**changes), since=since, asked=asked)


def set_due(initiative: Initiative, *, since: int = 0, asked: int | None = None) -> Initiative:
    values = {"review_on": status.today() - days(since)}
    if asked is not None:
        values["review_asked_at"] = timezone.now() - days(asked)
    Initiative.objects.filter(pk=initiative.pk).update(**values)
    initiative.refresh_from_db()
    return initiative


def asked_links(mailoutbox) -> dict[str, str]:
    """Ask about what is due; return the addresses of the last letter by answer."""
    review_rounds.ask()
    return dict(zip(ANSWERS, LINKS.findall(mailoutbox[-1].body), strict=True))
