from django.db import models

from accounts.models import User
from forum.models.board import Board
from forum.models.topic import Topic


class ReadMark(models.Model):
    """Up to which number a member has read a topic. Kept only while something there may be new to anybody."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="read_marks")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.topic_id}: {self.number}"


class BoardMark(models.Model):
    """Since when nothing on a board is new to a member any more: they have said that all of it is read."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    board = models.ForeignKey(Board, models.CASCADE, related_name="read_marks")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "board"], name="board_mark_once")]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.board_id}: {self.read_at}"
