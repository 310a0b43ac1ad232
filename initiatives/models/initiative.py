from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from initiatives import status as measure_status
from initiatives.addresses import initiative_url
from initiatives.models.content import Attachment, Content, Source
from initiatives.querysets import InitiativeQuerySet
from initiatives.vocabulary import EndKind, InitiativeStatus, Mark, Origin, Scope
from moderation.models import Moderated

PUBLISHED = Q(status=InitiativeStatus.PUBLISHED)
NEWEST = (F("published_on").desc(), F("starts_on").desc(nulls_last=True), F("id").desc())


def _newest_by(*fields: str, name: str) -> models.Index:
    return models.Index(*fields, *NEWEST, name=name, condition=PUBLISHED)


class Initiative(Content, Moderated):
    """A measure as the public sees it: the only table that public pages read."""

    Status = InitiativeStatus

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    slug = models.CharField(_("slug"), max_length=80, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=InitiativeStatus, default=InitiativeStatus.PUBLISHED, editable=False
    )
    removal_notice = models.TextField(_("notice shown in place of it"), blank=True)
    mark = models.CharField(_("trust mark"), max_length=20, choices=Mark, default=Mark.NOT_CHECKED)
    # What the mark is made of (services.marks): what was found when somebody looked, and what speaks against it since.
    checked = models.CharField(_("what was checked"), max_length=20, choices=Mark, default=Mark.NOT_CHECKED)
    contested_since = models.DateTimeField(_("contested since"), null=True, editable=False)
    overdue_since = models.DateTimeField(_("review overdue since"), null=True, editable=False)
    source_failing_since = models.DateTimeField(_("sources failing since"), null=True, editable=False)
    author_is_confirmed = models.BooleanField(_("sent by a confirmed member of the organisation"), default=False)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.FORM)
    published_on = models.DateField(_("published on"), default=measure_status.today)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    review_on = models.DateField(_("review due"), null=True, blank=True, editable=False)
    review_asked_at = models.DateTimeField(_("owners asked"), null=True, editable=False)  # in this round; else empty
    review_reminded_at = models.DateTimeField(_("owners reminded"), null=True, editable=False)  # the same
    tags = TaggableManager(blank=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=InitiativeStatus.values), name="initiative_status_is_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(summary="") & ~Q(theme="") & ~Q(language="") & ~Q(stakeholder_type=""),
                name="initiative_says_what",
            ),
            models.CheckConstraint(
                condition=Q(collection__isnull=False, organisation__isnull=False), name="initiative_says_who"
            ),
            models.CheckConstraint(
                condition=(~Q(scope="") & ~Q(scope=Scope.REGIONAL)) | (Q(scope=Scope.REGIONAL) & ~Q(region="")),
                name="initiative_says_where",
            ),
            models.CheckConstraint(
                condition=Q(end_kind=EndKind.DATE, ends_on__isnull=False)
                | Q(end_kind__in=[EndKind.OPEN_ENDED, EndKind.NOT_ANNOUNCED], ends_on=None),
                name="initiative_answers_about_its_end",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="initiative_ends_after_start",
            ),
        ]
        indexes = [
            _newest_by(name="initiative_newest"),
            _newest_by("theme", name="initiative_newest_of_theme"),
            _newest_by("stakeholder_type", name="initiative_newest_of_type"),
            _newest_by("collection", name="initiative_newest_of_call"),
            _newest_by("scope", "region", name="initiative_newest_of_region"),
            models.Index(F("starts_on").desc(nulls_last=True), "id", name="initiative_by_start", condition=PUBLISHED),
            models.Index(
                F("starts_on").asc(nulls_last=True), "id", name="initiative_by_earliest_start", condition=PUBLISHED
            ),
            models.Index("title", "id", name="initiative_by_title", condition=PUBLISHED),
            models.Index(
                fields=["scope", "region", "-id"],
                name="initiative_wide",  # for likely duplicates: archived ones too
                condition=Q(scope__in=[Scope.REGIONAL, Scope.GLOBAL]),
            ),
            models.Index(fields=["held_until"], name="initiative_held", condition=Q(held_until__isnull=False)),
            models.Index("review_on", "id", name="initiative_by_review", condition=PUBLISHED),
            models.Index("review_asked_at", "id", name="initiative_asked", condition=Q(review_asked_at__isnull=False)),
            models.Index("id", name="initiative_removed", condition=Q(status=InitiativeStatus.REMOVED)),  # for search
            GinIndex(fields=["further_themes"], name="initiative_further_themes", condition=PUBLISHED),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="initiative_title_trigrams"),
            GinIndex(OpClass(Upper("summary"), name="gin_trgm_ops"), name="initiative_summary_trigrams"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def moderation_name(self) -> str:
        return str(self)

    @property
    def is_compiled(self) -> bool:
        """Whether it was compiled from public sources rather than sent by somebody."""
        return self.origin != Origin.FORM

    @property
    def is_unchecked(self) -> bool:
        """Whether no moderator has looked at it yet."""
        return self.mark == Mark.NOT_CHECKED

    @property
    def is_checked(self) -> bool:
        """Whether people found it right, and nobody doubts it since."""
        return self.mark in (Mark.SOURCE_SEEN, Mark.CONFIRMED)

    @property
    def doubt_reason(self) -> str:
        """What a moderator said in public when they contested it or asked for its re-verification; else empty."""
        doubts = {Mark.CONTESTED: self.contested_since, Mark.NEEDS_REVERIFICATION: self.overdue_since}
        since = doubts.get(self.mark)
        if not since:
            return ""
        said = self.decisions.filter(move__in=("contest", "doubt"), decided_at=since)
        return said.values_list("public_reason", flat=True).first() or ""

    @property
    def is_archived(self) -> bool:
        return self.status == InitiativeStatus.ARCHIVED

    def get_absolute_url(self) -> str:
        return initiative_url(self.reference, self.slug)


class InitiativeSource(Source):
    """A source of a public initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="sources")


class InitiativeAttachment(Attachment):
    """A file of a public initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="attachments")


class InitiativeVersion(models.Model):
    """The public fields of an initiative as they were from a day on. A trigger refuses its update and deletion."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    published_at = models.DateTimeField(_("published"), auto_now_add=True)
    content = models.JSONField(_("content"))  # columns of initiatives.schema, plus "schema"
    submission = models.ForeignKey(
        "initiatives.Submission", models.PROTECT, null=True, editable=False, related_name="+"
    )  # for staff; history and citations never read it
    edited_by_secretariat = models.BooleanField(_("edited by the secretariat"), default=False)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["initiative", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.initiative_id} v{self.number}"
