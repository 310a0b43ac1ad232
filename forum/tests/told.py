"""Members and the letters that the forum writes to them, for tests."""

from django.utils import timezone

from accounts.models import User
from forum import services
from forum.models import Notice
from forum.services import telling
from forum.tests.things import known_member
from outbox.models import Letter


def member(mail: str = "at_once", **fields) -> User:
    person = known_member(**fields)
    services.choose_mail(person, mail=mail)
    return person


def letters_to(person: User) -> list[Letter]:
    """What was written to the person when all that waits has come due."""
    Notice.objects.filter(settled_at=None).update(due_at=timezone.now())
    telling.tell_due()
    return list(Letter.objects.filter(recipient=person.email).order_by("pk"))
