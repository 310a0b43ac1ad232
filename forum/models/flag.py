from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models.post import Post
from forum.vocabulary import FlagReason

NOTE_MAX = 500  # characters


class Flag(models.Model):
    """That a member says that something is wrong with a post. The public sees nothing of it.

    It is settled when a moderator has looked; then the same member cannot flag the post for the same text again.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="flags", verbose_name=_("post"))
    revision = models.PositiveIntegerField(_("version of the post"))
    by = models.ForeignKey(User, models.PROTECT, related_name="flags", verbose_name=_("by"))
    reason = models.CharField(_("what is wrong"), max_length=10, choices=FlagReason)
    note = models.TextField(_("more about it"), blank=True, validators=[MaxLengthValidator(NOTE_MAX)])
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True, editable=False)

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "revision", "by"], name="flag_once_per_person_and_text"),
            models.CheckConstraint(condition=Q(reason__in=FlagReason.values), name="flag_reason_is_known"),
        ]
        indexes = [models.Index(fields=["post"], name="flag_open", condition=Q(settled_at=None))]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.post}"
