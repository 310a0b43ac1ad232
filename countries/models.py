"""Countries and territories: ISO 3166-1 entries with the UN's names and ITU's regions."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from countries.querysets import CountryQuerySet


class Region(models.TextChoices):
    """ITU regions. Membership of ITU is another thing: `Country.itu_member`."""

    AFR = "AFR", _("Africa")
    AMS = "AMS", _("Americas")
    ARB = "ARB", _("Arab States")
    ASP = "ASP", _("Asia and the Pacific")
    CIS = "CIS", _("CIS")
    EUR = "EUR", _("Europe")


class Country(models.Model):
    """A country or territory, keyed by its ISO 3166-1 alpha-2 code."""

    iso2 = models.CharField(_("ISO alpha-2"), max_length=2, primary_key=True)
    iso3 = models.CharField(_("ISO alpha-3"), max_length=3, unique=True)
    m49 = models.CharField(_("UN M49"), max_length=3, unique=True)
    name_en = models.CharField(_("name in English"), max_length=100, unique=True)
    name_fr = models.CharField(_("name in French"), max_length=100)
    name_es = models.CharField(_("name in Spanish"), max_length=100)
    name_ar = models.CharField(_("name in Arabic"), max_length=100)
    name_zh = models.CharField(_("name in Chinese"), max_length=100)
    name_ru = models.CharField(_("name in Russian"), max_length=100)
    region = models.CharField(_("ITU region"), max_length=3, choices=Region, blank=True)
    itu_member = models.BooleanField(_("member state of ITU"), default=False)
    ldc = models.BooleanField(_("least developed country"), default=False)
    lldc = models.BooleanField(_("landlocked developing country"), default=False)
    sids = models.BooleanField(_("small island developing state"), default=False)
    latitude = models.FloatField(_("latitude"), help_text=_("Degrees north, where the map draws a symbol."))
    longitude = models.FloatField(_("longitude"), help_text=_("Degrees east, where the map draws a symbol."))

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country or territory")
        verbose_name_plural = _("countries and territories")
        ordering = ["name_en"]
        constraints = [
            models.CheckConstraint(condition=models.Q(iso2__regex="^[A-Z]{2}$"), name="country_iso2_is_two_capitals"),
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="country_point_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, else in English."""
        language = (get_language() or "en").split("-")[0]
        return getattr(self, f"name_{language}", "") or self.name_en
