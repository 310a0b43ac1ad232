from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.vocabulary import MemberStatus
from moderation.models import Moderated


class Member(Moderated):
    """What the forum keeps about a person: how many posts became public, how many were refused, whether they may post.

    Made with the first post. The counts decide how far they are trusted (`forum.policy`).
    """

    Status = MemberStatus

    user = models.OneToOneField(User, models.PROTECT, related_name="member", verbose_name=_("person"))
    status = models.CharField(
        _("status"), max_length=10, choices=MemberStatus, default=MemberStatus.ACTIVE, editable=False
    )
    approved_count = models.PositiveIntegerField(_("posts that became public"), default=0, editable=False)
    refused_count = models.PositiveIntegerField(_("posts refused or hidden"), default=0, editable=False)
    silenced_until = models.DateTimeField(_("silenced until"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("member of the forum")
        verbose_name_plural = _("members of the forum")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=MemberStatus.values), name="member_status_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    facts_need = ("user",)

    @property
    def is_silenced(self) -> bool:
        """Whether a moderator has silenced the person, and the time has not passed yet."""
        is_silenced = self.status == MemberStatus.SILENCED
        return is_silenced and self.silenced_until is not None and self.silenced_until > timezone.now()
