"""How a submission's standing is put into words on the contributor's own pages."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives import ownership, progress
from initiatives.comparison import Comparison
from initiatives.models import Initiative, Submission
from initiatives.sent import SentText, sent_before_edits, text_for_contributors
from initiatives.services.staff_edits import edits_of
from initiatives.vocabulary import SubmissionStatus

register = template.Library()


@register.filter
def standing(submission: Submission) -> progress.Standing:
    """The status in words, with its shape and what it means."""
    return progress.standing_of(submission)


@register.filter
def next_link(submission: Submission) -> dict[str, Any] | None:
    """The next step as a link: on to the form, or to the public page; none while others are at work."""
    status, initiative = submission.shown_status, submission.initiative
    if status in progress.NEXT_LINK:
        url = reverse("initiatives:edit", args=[submission.key])
        return {"url": url, "words": progress.NEXT_LINK[status]}
    if status == SubmissionStatus.APPROVED and initiative.status != Initiative.Status.REMOVED:
        return {"url": initiative.get_absolute_url(), "words": _("Public page")}
    return None


@register.filter
def as_contributors_know_it(submission: Submission) -> Submission | SentText:
    """The text without what the secretariat has edited while it decides."""
    return text_for_contributors(submission)


@register.filter
def staff_edits(submission: Submission) -> Comparison | None:
    """What the secretariat has edited since it was sent; nothing where it did not, or has not decided yet."""
    return None if sent_before_edits(submission) else edits_of(submission)


@register.filter
def news_for_owner(initiative: Initiative, user) -> dict[str, Any]:
    """What others have corrected in it, or want to."""
    return ownership.news_for_owner(initiative, user)
