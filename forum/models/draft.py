import uuid

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models.board import Board
from forum.models.post import BODY_MAX
from forum.models.topic import TITLE_MAX, Topic
from initiatives.models import Initiative


class Draft(models.Model):
    """What a person was writing: a reply to a topic, or a new topic on a board or about an
    initiative. Nobody else ever reads it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="drafts", verbose_name=_("person"))
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="+", verbose_name=_("topic"))
    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="+", verbose_name=_("board"))
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, null=True, related_name="+", verbose_name=_("initiative")
    )
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # that of the form: the post will have it
    title = models.CharField(_("title"), max_length=TITLE_MAX, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    body = models.TextField(_("text"), blank=True, validators=[MaxLengthValidator(BODY_MAX)])
    revision = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(_("saved"), auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="draft_once_for_each_topic"),
            models.UniqueConstraint(fields=["user", "board"], name="draft_once_for_each_board"),
            models.UniqueConstraint(fields=["user", "initiative"], name="draft_once_for_each_initiative"),
            models.CheckConstraint(
                condition=Q(topic__isnull=False, board=None, initiative=None)
                | Q(topic=None, board__isnull=False, initiative=None)
                | Q(topic=None, board=None, initiative__isnull=False),
                name="draft_of_one_place",
            ),
        ]

    def __str__(self) -> str:
        return str(_("draft"))  # says nothing of its text
