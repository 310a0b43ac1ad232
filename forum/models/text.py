from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.models.board import Board
from forum.models.post import Post


class PostText(models.Model):
    """The text of one public post as search compares it; `forum.search` writes and reads it.

    Triggers take it away with what made the post public, and keep the board: none while the topic is not listed.
    """

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="search_text")
    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="+")
    published_at = models.DateTimeField()
    vector = SearchVectorField()  # weights: A the title, of the post that begins a topic; D what it says

    class Meta:
        verbose_name = _("search text of a post")
        verbose_name_plural = _("search texts of posts")
        indexes = [
            GinIndex(fields=["vector"], name="post_text_vector", fastupdate=False),
            models.Index(fields=["-published_at", "-post"], name="post_text_newest"),
            models.Index(fields=["board", "-published_at", "-post"], name="post_text_of_board"),
        ]

    def __str__(self) -> str:
        return f"text of {self.post_id}"
