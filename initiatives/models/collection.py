from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.querysets import CollectionQuerySet
from initiatives.status import today


class Collection(models.Model):
    """A call that initiatives answer, e.g. one crisis. Open between its dates."""

    slug = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"), null=True, blank=True, help_text=_("Empty: no end is set."))

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on=None) | models.Q(closes_on__gte=models.F("opens_on")),
                name="collection_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it takes submissions today."""
        return self.opens_on <= today() <= (self.closes_on or today())
