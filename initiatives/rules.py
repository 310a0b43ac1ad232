"""May this person do that with this submission or initiative?"""

from django.db.models import Exists

from accounts.models import Membership
from accounts.rules import has_confirmed_email, is_confirmed_member, is_moderator
from initiatives.vocabulary import InitiativeStatus, SubmissionStatus

EDITABLE = (SubmissionStatus.DRAFT, SubmissionStatus.CHANGES_REQUESTED)
WAITING = (SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW)


def works_on(user, submission) -> bool:
    """The author, and colleagues: both confirmed members of the organisation."""
    if submission.author_id == user.pk:
        return True
    organisation = submission.organisation
    return is_confirmed_member(user, organisation) and is_confirmed_member(submission.author, organisation)


def may_submit(user, submission) -> bool:
    """Whoever works on it and has a confirmed e-mail; system accounts what they load."""
    return works_on(user, submission) and (user.is_system or has_confirmed_email(user))


def may_edit(user, submission) -> bool:
    return submission.status in EDITABLE and not submission.is_held and works_on(user, submission)


def may_delete(user, submission) -> bool:
    """The author alone: a colleague's words are not ours to destroy."""
    return submission.author_id == user.pk and submission.status == SubmissionStatus.DRAFT and not submission.is_held


def may_begin_again(user, submission) -> bool:
    """Whoever worked on what was retracted or not accepted, where what it corrected is still public."""
    over = submission.status in (SubmissionStatus.REJECTED, SubmissionStatus.RETRACTED) and not submission.is_held
    initiative = submission.initiative
    is_there = initiative is None or initiative.status != InitiativeStatus.REMOVED
    return over and is_there and works_on(user, submission)


def may_edit_as_staff(user, submission) -> bool:
    """Whoever may decide on it may also mend its text before."""
    return submission.status in WAITING and not submission.is_held and may_decide(user, submission)


def is_owner(user, initiative) -> bool:
    """Whoever is asked whether it still holds: the confirmed members of its organisation, and who sent it first.

    Who has left the organisation, or was refused by it, does not answer for it any more.
    """
    if is_confirmed_member(user, initiative.organisation):
        return True
    over = Membership.objects.over().filter(user=user, organisation=initiative.organisation_id)
    return initiative.versions.filter(~Exists(over), number=1, submission__author=user).exists()


def may_claim(user, submission) -> bool:
    return is_moderator(user) and submission.author_id != user.pk


def may_release(user, submission) -> bool:
    """Any moderator, and the clock: somebody who claims and falls ill must not block the queue."""
    return user.is_system or is_moderator(user)


def may_decide(user, submission) -> bool:
    """A moderator who is not the author, where nobody else has claimed it; the system accounts for what they load."""
    if user.is_system:
        return submission.author_id == user.pk
    return may_claim(user, submission) and submission.claimed_by_id in (None, user.pk)


def may_undo(user, submission) -> bool:
    """Who decided takes it back."""
    latest = submission.decisions.first()
    return is_moderator(user) and latest is not None and latest.decided_by_id == user.pk


def may_stop(user, submission) -> bool:
    """Any other moderator stops what is held: whoever scheduled it may be away."""
    return is_moderator(user) and submission.author_id != user.pk and not may_undo(user, submission)


def may_let_take_effect_now(user, submission) -> bool:
    """Any moderator but the author; the record says who."""
    return is_moderator(user) and submission.author_id != user.pk


def may_keep_the_record(user, initiative) -> bool:
    """Archive, remove and restore."""
    return is_moderator(user)


def may_answer(user, initiative) -> bool:
    """Say whether it still holds: its owners, and no machine for them."""
    return not user.is_system and user.is_active and is_owner(user, initiative)


def may_see_source(user, initiative) -> bool:
    """Say that they have seen the source: a moderator who did not send it."""
    return is_moderator(user) and not initiative.versions.filter(number=1, submission__author=user).exists()


def may_settle(user, initiative) -> bool:
    return is_moderator(user) and initiative.contested_since is not None


def may_lapse(user, initiative) -> bool:
    """The clock alone: a moderator who doubts says why."""
    return user.is_system
