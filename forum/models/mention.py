from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models.post import Post


class Mention(models.Model):
    """That a post names a person by @handle, as it stands now. What waits names people too: nobody is told of it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions", verbose_name=_("post"))
    user = models.ForeignKey(User, models.PROTECT, related_name="mentions", verbose_name=_("person"))
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    told_at = models.DateTimeField(_("noted to be told"), null=True, editable=False)  # once, whatever the person wants

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="mention_once_per_post")]

    def __str__(self) -> str:
        return f"{self.user}: {self.post}"
