from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Member(models.Model):
    """What the forum keeps about a person: how often a moderator or nobody had anything against a post of theirs.

    Made with the first post. The counts decide how far they are trusted (`forum.policy`).
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="member", verbose_name=_("person"))
    approved_count = models.PositiveIntegerField(_("posts that became public"), default=0, editable=False)
    refused_count = models.PositiveIntegerField(_("posts refused or hidden"), default=0, editable=False)
    silenced_until = models.DateTimeField(_("silenced until"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("member of the forum")
        verbose_name_plural = _("members of the forum")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_silenced(self) -> bool:
        return self.silenced_until is not None and self.silenced_until > timezone.now()
