"""What search looks at: texts as the database compares them, the words of them, and how far they are kept."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative


class SearchText(models.Model):
    """The text of one initiative as search compares it; `initiatives.search` writes and reads it.

    Removed initiatives have none. Vectors are not compressed, so that ranking need not unpack them (migration 0012).
    """

    initiative = models.OneToOneField(Initiative, models.CASCADE, primary_key=True, related_name="search_text")
    vector = SearchVectorField()  # weights: A title, B what it is filed under and the summary, D description
    published_on = models.DateField()  # of the initiative, so that the newest are found without a join
    stale = models.BooleanField(default=False)  # to be written anew

    class Meta:
        verbose_name = _("search text")
        verbose_name_plural = _("search texts")
        indexes = [
            GinIndex(fields=["vector"], name="search_vector", fastupdate=False),
            models.Index(fields=["initiative"], name="search_stale", condition=Q(stale=True)),
        ]

    def __str__(self) -> str:
        return f"text of {self.initiative_id}"


class SearchWord(models.Model):
    """A word that stands in public texts, as it is spelt there: what "did you mean" offers."""

    word = models.CharField(max_length=40, primary_key=True)
    folded = models.CharField(max_length=60)  # without accents: what typed words are compared with
    skeleton = models.CharField(max_length=40, blank=True)  # of an Arabic word: what its plural has in common with it
    uses = models.PositiveIntegerField()  # in how many of the texts that were counted together
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        indexes = [
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="search_word_trigrams"),
            models.Index(fields=["skeleton"], name="search_word_skeleton", condition=~Q(skeleton="")),
            models.Index(fields=["seen_at"], name="search_word_seen"),
        ]

    def __str__(self) -> str:
        return self.word


class SearchProgress(models.Model):
    """How far the log of changes has been followed, and the words have been counted. One row."""

    snapshot = models.TextField(blank=True)  # of the database when the log was read last; empty: never
    read_at = models.DateTimeField(null=True)
    form = models.PositiveIntegerField(default=1)  # of the texts: `writing.FORM` when they were marked last
    words_after = models.BigIntegerField(default=0)  # the initiative after which words are counted next
    words_begun_at = models.DateTimeField(null=True)  # when counting began at the first initiative

    class Meta:
        verbose_name = _("progress of search")
        verbose_name_plural = _("progress of search")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="search_progress_is_one")]

    def __str__(self) -> str:
        return f"read until {self.read_at}"
