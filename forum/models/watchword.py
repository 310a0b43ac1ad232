from django.db import models
from django.utils.translation import gettext_lazy as _

from common.text import fold


class Watchword(models.Model):
    """A word, or some in a row, that staff watch: a post that has it waits for a moderator."""

    text = models.CharField(_("word or words"), max_length=100, unique=True)
    # As it is compared: case, accents and punctuation do not count.
    folded = models.CharField(max_length=100, editable=False)

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs) -> None:
        self.folded = fold(self.text)[:100]
        super().save(*args, **kwargs)
