"""The signed addresses of the three answers. Whoever has one may give that one answer, once, for 60 days."""

import datetime
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse

VALID_FOR = datetime.timedelta(days=60)
_SALT = "initiatives.review"


class Answer(models.TextChoices):
    """What an owner says when asked. The words stand in letters and pages; these are what addresses carry."""

    STILL_VALID = "valid"
    HAS_ENDED = "ended"
    WILL_CORRECT = "correct"


class Expired(Exception):
    """Signed by us, too long ago."""


class Broken(Exception):
    """Not signed by us, or cut off on its way."""


@dataclass(frozen=True)
class Ticket:
    """That this person was asked about this initiative in a round: the review date, and the decision that set it."""

    initiative: int
    due: datetime.date
    began: int  # number of the decision, 0 where none set the date: two rounds may begin on one day
    person: int
    answer: Answer

    def url(self) -> str:
        return settings.SITE_URL + reverse("initiatives:review", args=[self.token()])

    def token(self) -> str:
        return signing.dumps(
            [self.initiative, self.due.isoformat(), self.began, self.person, self.answer.value], salt=_SALT
        )

    @classmethod
    def read(cls, token: str) -> Self:
        """Return what `token` says. Raises Expired or Broken."""
        try:
            initiative, due, began, person, answer = signing.loads(token, salt=_SALT, max_age=VALID_FOR)
        except signing.SignatureExpired as error:
            raise Expired from error
        except (signing.BadSignature, ValueError, TypeError) as error:
            raise Broken from error
        return cls(initiative, datetime.date.fromisoformat(due), began, person, Answer(answer))
