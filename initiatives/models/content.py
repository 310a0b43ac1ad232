"""What a submission proposes and an initiative shows: the same fields, once."""

import datetime
from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, StakeholderType
from common.dates import PartialDate, Precision
from common.validators import MAX_URL_LENGTH, validate_web_address
from countries.models import Country, Region
from initiatives import status
from initiatives.models.collection import Collection
from initiatives.models.link import Link
from initiatives.vocabulary import (
    MEASURE_LABELS,
    SHORT_LABELS,
    Compliance,
    ContentLanguage,
    EndKind,
    Instrument,
    MeasureStatus,
    Phase,
    Relation,
    Scope,
    Sdg,
    SourceKind,
    TargetGroup,
    Technology,
    Theme,
)

# Lengths in characters, counts in items.
TITLE_MAX, SUMMARY_MIN, SUMMARY_MAX, DESCRIPTION_MAX, REPORT_MAX = 150, 40, 1_200, 8_000, 2_000
PARTNERS_MAX, FURTHER_THEMES_MAX, MEASURE_TYPES_MAX, TAGS_MAX, SOURCES_MAX, ATTACHMENTS_MAX = 10, 2, 5, 8, 5, 3


def _codes(choices, label) -> ArrayField:
    return ArrayField(models.CharField(max_length=40, choices=choices), verbose_name=label, default=list, blank=True)


@cache
def _names(field: models.Field) -> dict[str, str]:
    return dict(field.flatchoices)


def _report(label) -> models.TextField:
    return models.TextField(label, blank=True, validators=[MaxLengthValidator(REPORT_MAX)])


class ContentWords:
    """What follows from the fields of a content alone, whatever holds them."""

    __slots__ = ()

    @property
    def starts(self) -> PartialDate | None:
        return PartialDate.of(self.starts_on, self.starts_precision)

    @property
    def ends(self) -> PartialDate | None:
        return PartialDate.of(self.ends_on, self.ends_precision)

    @property
    def theme_in_short(self) -> str:
        return str(SHORT_LABELS[self.theme]) if self.theme else ""

    @property
    def measure_status(self) -> MeasureStatus:
        """The status of the measure today, as far as it is known."""
        return status.of(self)

    @property
    def last_confirmed(self) -> datetime.date | None:
        """The day up to which its state is known, where its end was not announced."""
        return status.last_confirmed(self)

    @property
    def language_code(self) -> str:
        """The code for an HTML `lang` attribute; empty where the language is another one."""
        return "" if self.language == ContentLanguage.OTHER else self.language

    @property
    def direction(self) -> str:
        """The value of an HTML `dir` attribute: the text's own direction where the language does not say."""
        return "rtl" if self.language == ContentLanguage.AR else "auto" if not self.language_code else "ltr"


class Content(ContentWords, models.Model):
    """The content of a measure. Everything may be empty here: completeness is `initiatives.validation`'s."""

    collection = models.ForeignKey(
        Collection, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("collection")
    )
    title = models.CharField(_("title"), max_length=TITLE_MAX, blank=True)
    summary = models.TextField(_("summary"), blank=True, validators=[MaxLengthValidator(SUMMARY_MAX)])
    description = models.TextField(_("description"), blank=True, validators=[MaxLengthValidator(DESCRIPTION_MAX)])
    language = models.CharField(_("language of the text"), max_length=5, choices=ContentLanguage, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("organisation")
    )
    stakeholder_type = models.CharField(_("stakeholder type"), max_length=20, choices=StakeholderType, blank=True)
    relation = models.CharField(_("relation to the measure"), max_length=20, choices=Relation, blank=True)
    partners = ArrayField(models.CharField(max_length=200), verbose_name=_("partners"), default=list, blank=True)
    scope = models.CharField(_("scope"), max_length=15, choices=Scope, blank=True)
    countries = models.ManyToManyField(
        Country, related_name="%(class)ss", verbose_name=_("countries or territories"), blank=True
    )
    region = models.CharField(_("ITU region"), max_length=3, choices=Region, blank=True)
    theme = models.CharField(_("theme"), max_length=40, choices=Theme, blank=True)
    further_themes = _codes(Theme.choices, _("further themes"))
    measure_types = _codes(list(MEASURE_LABELS.items()), _("measure types"))
    instrument = models.CharField(_("instrument"), max_length=30, choices=Instrument, blank=True)
    compliance = models.CharField(_("compliance"), max_length=20, choices=Compliance, blank=True)
    phase = models.CharField(_("phase"), max_length=20, choices=Phase, blank=True)
    target_groups = _codes(TargetGroup.choices, _("target groups"))
    technologies = _codes(Technology.choices, _("technologies"))
    sdgs = ArrayField(models.PositiveSmallIntegerField(choices=Sdg), verbose_name=_("SDGs"), default=list, blank=True)
    # The first day of the day, month or year given; None: start not known (launch content and imports only).
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    starts_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    end_kind = models.CharField(_("end"), max_length=15, choices=EndKind, blank=True)
    # The last day of the day, month or year given; only with end_kind "date".
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    ends_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    declared_status = models.CharField(
        _("ended or revoked"),
        max_length=10,
        blank=True,
        choices=[(value, value.label) for value in (MeasureStatus.ENDED, MeasureStatus.REVOKED)],
    )
    declared_on = models.DateField(_("ended or revoked since"), null=True, blank=True)
    follows = models.ForeignKey(
        "initiatives.Initiative",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_followers",
        verbose_name=_("updates, extends, replaces or corrects"),
    )
    results = _report(_("results"))
    challenges = _report(_("challenges"))
    lessons = _report(_("lessons"))
    contact_point = models.CharField(_("public contact point"), max_length=MAX_URL_LENGTH, blank=True)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: models.Field):  # noqa: N802
        """Return the name of a code, as Django does; which, each time, translates the names of all of them."""
        value = getattr(self, field.attname)
        return force_str(_names(field).get(value, value), strings_only=True)

    facts_need = ("countries", "organisation")

    @property
    def moderation_facts(self) -> list[str]:
        """Where it holds and who speaks, for lists of the moderators."""
        countries = ", ".join(sorted(country.name for country in self.countries.all()))
        place = countries or str(self.get_region_display() or self.get_scope_display())
        return [fact for fact in (place, self.organisation.name if self.organisation else "") if fact]

    @property
    def themes(self) -> list[Theme]:
        """The primary theme, then the further ones."""
        return [Theme(code) for code in (self.theme, *self.further_themes) if code]

    @property
    def measure_type_labels(self) -> list[str]:
        return [str(MEASURE_LABELS[code]) for code in self.measure_types if code in MEASURE_LABELS]


# What publishing copies, by column; countries, tags, sources and attachments are rows of their own.
CONTENT_FIELDS = tuple(field.attname for field in Content._meta.local_fields)


class Source(models.Model):
    """Where the measure can be read about."""

    position = models.PositiveSmallIntegerField(default=0)
    url = models.CharField(_("web address"), max_length=MAX_URL_LENGTH, validators=[validate_web_address])
    title = models.CharField(_("title"), max_length=200, blank=True)
    issuing_body = models.CharField(_("issuing body"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=25, choices=SourceKind, default=SourceKind.OTHER)
    # The same page under another spelling has the same key: initiatives.web_addresses.key_of.
    url_key = models.CharField(max_length=MAX_URL_LENGTH, editable=False, db_index=True, default="")
    link = models.ForeignKey(Link, models.PROTECT, null=True, editable=False, related_name="%(class)ss")

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or self.url


class Attachment(models.Model):
    """A file, checked by its content. It is stored under a random name and sent by views, never by address."""

    position = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(upload_to="attachments/", max_length=100)
    name = models.CharField(_("file name"), max_length=150)
    title = models.CharField(_("title"), max_length=150, blank=True)
    kind = models.CharField(_("type"), max_length=5)  # a key of common.files.KINDS
    size = models.PositiveIntegerField(_("size"), help_text=_("bytes"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or self.name
