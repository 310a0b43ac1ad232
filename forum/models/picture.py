import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models.post import Post

ALT_MAX = 200  # characters


class Picture(models.Model):
    """A picture that somebody sent for a post, checked and written anew; its address says nothing of what it is.

    It is seen by whoever sees its post, and by its owner alone while it is in none.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="pictures", verbose_name=_("post"))
    file = models.FileField(upload_to="forum/", max_length=100)
    kind = models.CharField(_("type"), max_length=5)  # a key of common.files.KINDS
    size = models.PositiveIntegerField(_("size"), help_text=_("bytes"))
    made_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["user", "made_at"], name="picture_of_person"),
            models.Index(fields=["made_at"], name="picture_of_no_post", condition=Q(post=None)),
        ]

    def __str__(self) -> str:
        return str(self.key)

    def get_absolute_url(self) -> str:
        return reverse("forum:picture", args=[self.key])
