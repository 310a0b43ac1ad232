from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag


class TagAlias(models.Model):
    """The slug of a tag that was merged into another one: its address leads there."""

    slug = models.SlugField(_("slug"), max_length=100, primary_key=True, allow_unicode=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases", verbose_name=_("tag"))

    class Meta:
        verbose_name = _("merged tag")
        verbose_name_plural = _("merged tags")

    def __str__(self) -> str:
        return self.slug
