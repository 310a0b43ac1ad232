"""Decisions: who moved what from which status to which, when, and why. Append-only, in the database too."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from countries.models import Region
from moderation.workflow import Workflow, workflow_of

WORDS = ("subject_name", "decided_by_name", "public_reason", "private_note")  # where the log's search looks


class Decision(models.Model):
    """One move of one moderated thing. A trigger refuses its update and deletion."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("kind"))
    object_id = models.PositiveBigIntegerField(_("number"))
    subject = GenericForeignKey("content_type", "object_id")
    subject_name = models.CharField(_("name then"), max_length=200)
    move = models.CharField(_("move"), max_length=30)
    from_status = models.CharField(_("from"), max_length=30)
    to_status = models.CharField(_("to"), max_length=30)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions", verbose_name=_("by")
    )
    decided_by_name = models.CharField(_("by, as named then"), max_length=100)
    by_machine = models.BooleanField(_("by a system account"), default=False)
    decided_at = models.DateTimeField(_("when"), auto_now_add=True)
    takes_effect_at = models.DateTimeField(
        _("takes effect"), null=True, help_text=_("Empty where it took effect at once.")
    )
    edition = models.CharField(_("text that it was made on"), max_length=40, blank=True)  # Workflow.edition, then
    reason_code = models.CharField(_("reason"), max_length=40, blank=True)
    public_reason = models.TextField(_("reason given to the people concerned"), blank=True)
    private_note = models.TextField(_("note to colleagues"), blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-id"], name="decision_of_subject"),
            models.Index(fields=["decided_by", "-id"], name="decision_by_person"),
            # What the log is narrowed by, and the statistics count.
            models.Index(fields=["decided_at"], name="decision_by_day"),
            models.Index(fields=["move", "-id"], name="decision_by_move"),
            models.Index(fields=["by_machine", "-id"], name="decision_by_machine"),
            models.Index(fields=["reason_code", "-id"], name="decision_by_reason"),
            GinIndex(*(OpClass(Upper(name), name="gin_trgm_ops") for name in WORDS), name="decision_words"),
        ]

    def __str__(self) -> str:
        return f"{self.move}: {self.subject_name}"


class Moderated(models.Model):
    """Base of whatever has a `status` that people decide on; its room registers a workflow for it.

    Only `moderation.services` assigns the status and what is held. While `held_until` is set, the status is what the
    last decision says, but nobody outside has been told and nothing has been published yet.
    """

    held_until = models.DateTimeField(_("held until"), null=True, editable=False)
    hold_problem = models.TextField(_("why the decision could not take effect"), blank=True, editable=False)
    decisions = GenericRelation(Decision)

    class Meta:
        abstract = True

    @property
    def workflow(self) -> Workflow:
        return workflow_of(type(self))

    @property
    def is_held(self) -> bool:
        return self.held_until is not None

    @property
    def moderation_name(self) -> str:
        """What pages of moderators call this thing, e.g. a title."""
        return str(self)

    @property
    def recorded_name(self) -> str:
        """What the record calls it for ever: nothing that may have to be forgotten one day."""
        return self.moderation_name

    facts_need: tuple[str, ...] = ()  # what `moderation_facts` reads of other tables, fetched for a whole list at once

    @property
    def moderation_facts(self) -> list[str]:
        """What tells it from others of its name in a list, e.g. place and organisation."""
        return []


class Reason(models.Model):
    """A reason that moderators give often, in words for each language; staff edit the rows."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=100, help_text=_("What moderators choose from."))
    moves = ArrayField(models.CharField(max_length=30), verbose_name=_("moves it is offered for"), default=list)
    text_en = models.TextField(_("text in English"))
    text_ar = models.TextField(_("text in Arabic"), blank=True)
    text_zh = models.TextField(_("text in Chinese"), blank=True)
    text_fr = models.TextField(_("text in French"), blank=True)
    text_ru = models.TextField(_("text in Russian"), blank=True)
    text_es = models.TextField(_("text in Spanish"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label

    def text_in(self, language: str) -> str:
        """Return the text in `language` (a code such as `zh-hans`), else in English."""
        return getattr(self, f"text_{language.split('-')[0]}", "") or self.text_en


class Duty(models.Model):
    """Which ITU regions a moderator looks after: the default queue and what mails tell. No right hangs on it."""

    class Mail(models.TextChoices):
        DAILY = "daily", _("once a day, if something waits")
        NEVER = "never", _("never")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="duty", verbose_name=_("moderator")
    )
    regions = ArrayField(
        models.CharField(max_length=3, choices=Region),
        verbose_name=_("my regions"),
        default=list,
        blank=True,
        help_text=_("None chosen: all."),
    )
    mail = models.CharField(_("mail about what waits"), max_length=10, choices=Mail, default=Mail.DAILY)
    last_mailed_on = models.DateField(_("last mail"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")

    def __str__(self) -> str:
        return f"{self.user}: {', '.join(self.regions) or _('all regions')}"
