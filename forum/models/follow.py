from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models.board import Board
from forum.models.topic import Topic


class Follow(models.Model):
    """That a member is told of new posts in a topic or on a board; off where they have said that they are not."""

    user = models.ForeignKey(User, models.PROTECT, related_name="follows", verbose_name=_("person"))
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="follows", verbose_name=_("topic"))
    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="follows", verbose_name=_("board"))
    is_on = models.BooleanField(_("on"), default=True)
    made_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic=None, board__isnull=False) | Q(topic__isnull=False, board=None),
                name="follow_of_one_thing",
            ),
            # Whom a post concerns is read from these, in the order of the people.
            models.UniqueConstraint(fields=["topic", "user"], name="follow_topic_once"),
            models.UniqueConstraint(fields=["board", "user"], name="follow_board_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.topic or self.board}"
