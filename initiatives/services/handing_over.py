"""What somebody wrote for an organisation is its work: when they leave, a colleague goes on with it."""

from collections import defaultdict

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from initiatives.models import Submission
from initiatives.vocabulary import Origin, SubmissionStatus
from outbox.services import send_later


def hand_over(person: User, organisation: Organisation) -> int:
    """Make a confirmed colleague the author of what `person` wrote for `organisation`; return of how much.

    Whoever edited it last goes on with it, else who was confirmed first; where nobody is left nothing changes. Each
    gets one mail. Call it in the transaction in which the person leaves.
    """
    others = Membership.objects.that_work().filter(organisation=organisation).exclude(user=person)
    colleagues = {member.user_id: member.user for member in others}
    passed: dict[User, list[Submission]] = defaultdict(list)
    for submission in _written_by(person, organisation) if colleagues else ():
        heir = _heir(submission, colleagues)
        if heir:
            # Not by save(): it is not edited by that.
            Submission.objects.filter(pk=submission.pk).update(author=heir)
            passed[heir].append(submission)
    for heir, submissions in passed.items():
        _tell(heir, organisation, submissions)
    return sum(map(len, passed.values()))


def _written_by(person: User, organisation: Organisation):
    rows = Submission.objects.filter(author=person, organisation=organisation, origin=Origin.FORM)
    return rows.exclude(status=SubmissionStatus.SPAM).select_for_update().order_by("pk")


def _heir(submission: Submission, colleagues: dict[int, User]) -> User | None:
    """Nobody gets what they are vetting at the moment: they could not decide on it then."""
    able = [user for pk, user in colleagues.items() if pk != submission.claimed_by_id]
    return next((user for user in able if user.pk == submission.edited_by_id), able[0] if able else None)


def _tell(heir: User, organisation: Organisation, submissions: list[Submission]) -> None:
    address = settings.SITE_URL + reverse("initiatives:submission", args=[submissions[0].key])
    rows = [(str(row), address.replace(str(submissions[0].key), str(row.key))) for row in submissions]
    occasion = f"handed-over-{organisation.pk}-{heir.pk}-{timezone.now().timestamp()}"
    context = {"organisation": organisation.name, "rows": rows}
    send_later("initiatives/mail/handed_over.txt", context, to=heir, occasion=occasion)
