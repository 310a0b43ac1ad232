"""An earlier text of a post is taken out of its history, and out of whatever else would tell what it said."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum import letters, notifications
from forum.models import Notice, Post
from moderation.services import transition
from outbox.models import Letter


@transaction.atomic
def remove_text(post: Post, number: int, *, by: User, public_reason: str) -> None:
    """Empty the earlier text of this number; the record keeps who did so and why, and nothing of it.

    Letters that told of the post lose their words: they may be those; what has not left says the text of now. Raises
    PermissionDenied, MoveRefused, and ValidationError without a reason and where there is no such text (any more).
    `post` is refreshed.
    """
    _forget_letters(post)
    transition(post, "remove_text", by=by, public_reason=public_reason, private_note=f"→ {number}")  # locks the post
    kept = post.revisions.filter(number=number, removed_at=None)
    if not kept.update(body="", removed_at=timezone.now()):
        raise ValidationError(_("This text has been removed meanwhile."))
    _write_anew(post)


def _forget_letters(post: Post) -> None:
    """Forget what letters said that have left, of which the portal keeps a copy for a while."""
    told = set(Notice.objects.filter(post=post).values_list("pk", flat=True))
    of_posts = Letter.objects.filter(kind__in=(letters.POST, letters.DIGEST)).values_list("pk", "about__notices")
    found = [pk for pk, notices in of_posts.iterator() if not told.isdisjoint(notices or ())]
    for decision in post.decisions.all():
        found += Letter.objects.filter(occasion__startswith=f"decision-{decision.pk}-").values_list("pk", flat=True)
    Letter.objects.settled().filter(pk__in=found).update(body="")


def _write_anew(post: Post) -> None:
    """Let letters about decisions say the text of now, unless they left; those about posts are written anew anyway."""
    for decision in post.decisions.all():
        for said in notifications.preview_of_post(post, decision):
            kept = Letter.objects.filter(occasion=f"decision-{decision.pk}-{said.to.pk}").exclude(body="")
            kept.update(body=said.body)
